/** Chance that can be played again: the same seed gives the same run (mulberry32). */
export type Chance = {
  /** From 0 up to, and without, 1. */
  next(): number
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number
  happens(probability: number): boolean
  pick<T>(choices: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (choices) => choices[below(choices.length)]!,
  }
}
