/** One thing that was looked at: a sentence, and a deed where something is to be done. */
export type Finding = {
  name: string
  /** False is red: something that costs sales, or gives something away. */
  isWell: boolean
  /** Not red, and not as good as it could be; or not to be seen from here. */
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
