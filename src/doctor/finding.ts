/** One thing that was examined: a sentence, and a deed if something is to be done. */
export type Finding = {
  name: string
  /** False is red: it costs sales, or gives something away. */
  isWell: boolean
  /** Not red, but could be better, or cannot be judged from here. */
  isAdvice?: boolean
  says: string
  deed?: string
}

export type Fault = { says: string; deed: string }

export const well = (name: string, says: string): Finding => ({ name, isWell: true, says })

export const wrong = (name: string, { says, deed }: Fault): Finding => ({
  name,
  isWell: false,
  says,
  deed,
})

export const advice = (name: string, { says, deed }: { says: string; deed?: string }): Finding => ({
  name,
  isWell: true,
  isAdvice: true,
  says,
  ...(deed && { deed }),
})
