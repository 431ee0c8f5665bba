/** Colours as `#rrggbb`, and their contrast (WCAG 2.2, relative luminance). */
export type Colour = `#${string}`

export const isColour = (text: string): text is Colour => /^#[0-9a-f]{6}$/.test(text)

type Channels = readonly [number, number, number]

const channels = (colour: Colour): Channels => [
  parseInt(colour.slice(1, 3), 16),
  parseInt(colour.slice(3, 5), 16),
  parseInt(colour.slice(5, 7), 16),
]

function luminance(colour: Colour): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 (equal) to 21 (black on white). */
export function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of `other` in `colour`, channel by channel. */
export function mix(colour: Colour, other: Colour, share: number): Colour {
  const [from, to] = [channels(colour), channels(other)]
  const mixed = from.map((channel, i) => Math.round(channel + (to[i]! - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

const STEPS = 100

/**
 * The colour itself if it is readable on all these surfaces, otherwise the smallest mixture with
 * `ink` that is; `ink` must be readable.
 */
export function readableOn(
  surfaces: readonly Colour[],
  { colour, ink, least }: { colour: Colour; ink: Colour; least: number },
): Colour {
  for (let step = 0; step < STEPS; step++) {
    const mixed = mix(colour, ink, step / STEPS)
    if (surfaces.every((surface) => contrast(mixed, surface) >= least)) return mixed
  }
  return ink
}
