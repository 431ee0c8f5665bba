import { mix, readableOn } from '../../lib/colour.ts'
import type { Colour } from '../../lib/colour.ts'

/** Paper and ink, by day and by night. Text stands only on `paper`, `card` or `shade`. */
const DAY = {
  paper: '#f8f3e9',
  card: '#fffdf8',
  shade: '#efe6d6',
  ink: '#231a12',
  soft: '#5f5245',
  line: '#dccfba',
  edge: '#857565',
  good: '#1d6140',
  bad: '#9f2419',
  gold: '#f4dcaa',
  'gold-ink': '#3d2a08',
} as const satisfies Record<string, Colour>

const NIGHT = {
  paper: '#171310',
  card: '#211b16',
  shade: '#2b241d',
  ink: '#f2e9db',
  soft: '#bcad9a',
  line: '#41372d',
  edge: '#917f6d',
  good: '#83d1a3',
  bad: '#f5a295',
  gold: '#443513',
  'gold-ink': '#f7e5bd',
} as const satisfies Record<string, Colour>

/** WCAG 2.2 AA for text, with a little to spare. */
const LEAST_CONTRAST = 4.6

type Scheme = { paper: Colour; card: Colour; shade: Colour; ink: Colour }

/** `accent` is the seller's colour, darkened or lightened until it can be read and written on. */
const inks = ({ paper, card, shade, ink }: Scheme, brand: Colour) => ({
  brand,
  'brand-thin': mix(brand, paper, 0.75),
  accent: readableOn([paper, card, shade], { colour: brand, ink, least: LEAST_CONTRAST }),
})

const list = (names: Record<string, Colour>) =>
  Object.entries(names)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/** The colour variables made from a shop's own colour, by day and by night. */
export function palette(brand: Colour): string {
  const day = { ...DAY, ...inks(DAY, brand), 'on-accent': DAY.card }
  const night = { ...NIGHT, ...inks(NIGHT, brand), 'on-accent': NIGHT.paper }
  return `:root{${list(day)}}@media(prefers-color-scheme:dark){:root{${list(night)}}}`
}
