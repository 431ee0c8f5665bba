/** Draws from 0 up to 1, as Math.random does; a given start gives the same draws again. */
export type Draw = () => number

/** Mulberry32: small, quick, and the same on every machine. */
export function drawFrom(start: number): Draw {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
