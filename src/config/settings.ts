import * as v from 'valibot'
import { isColour } from '../lib/colour.ts'
import type { Colour } from '../lib/colour.ts'

const text = (max: number, fallback = '') =>
  v.fallback(v.pipe(v.string(), v.maxLength(max)), fallback)

/** Fired clay. */
export const OWN_COLOUR: Colour = '#9a3b17'

/** Hundredths of a percent: 350 is 3.5 %. */
const basisPoints = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5_000))
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4_000))
const logo = v.object({ key: v.string(), type: v.string(), width: size, height: size })

/**
 * What the seller sets at the desk, stored in the database by section. (What the host sets, addresses and
 * secrets, is in `config.ts`.) Every field has a default, so a new shop works, and rows written by an
 * older version still parse.
 */
export const sections = {
  shop: v.object({
    name: text(60, 'Kiosque'),
    tagline: text(120),
    /** ISO 3166 alpha-2; empty: as configured. */
    country: text(2),
    /** E.164, or empty. */
    whatsapp: text(20),
    email: text(254),
  }),
  look: v.object({
    colour: v.fallback(
      v.custom<Colour>((text) => typeof text === 'string' && isColour(text)),
      OWN_COLOUR,
    ),
    /** A small picture before the name, in the storage. */
    logo: v.fallback(v.nullable(logo), null),
  }),
  legal: v.object({
    /** Who sells, as the law wants to know: person or company. */
    seller: text(120),
    address: text(300),
    phone: text(40),
    email: text(254),
    /** RCCM, NIF, NINEA …, as the country calls it. */
    registration: text(100),
    host: text(200),
    /** The seller's own words, in place of the ones made from the above; empty: those. */
    notice: text(20_000),
    terms: text(20_000),
    privacy: text(20_000),
  }),
  texts: v.object({
    /** Messages with {nom}, {livre}, {code}, {lien}; empty: the shop's own. */
    emailSubject: text(200),
    emailBody: text(5_000),
    whatsapp: text(1_000),
    reminder: text(1_000),
    /** What happens on the phone, by operator. */
    orange: text(1_000),
    wave: text(1_000),
    mtn: text(1_000),
    moov: text(1_000),
  }),
  fees: v.object({
    /**
     * What the provider keeps, and where its contract has another rate for a means of payment
     * (`money/means.ts`), that one. Told of Cameroon, September 2026: Orange 2.2 %, MTN 2 %,
     * cards 3.5 %.
     */
    basisPoints: v.fallback(basisPoints, 350),
    byMeans: v.fallback(v.record(v.string(), basisPoints), {}),
  }),
  retention: v.object({
    /** Days after which the person is erased from orders that were never paid; 0: never. */
    unpaidDays: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_650)), 30),
  }),
  delivery: v.object({
    /** Complete copies of a file, after which the buyer is asked who they are; 0: never. */
    copies: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)), 20),
  }),
  alerts: v.object({
    /** Where alerts for the seller's phone go (see `mail/push.ts`); empty: nowhere. */
    push: text(300),
    /** How a seller hears of sales, there and by mail. */
    sales: v.fallback(v.picklist(['each', 'evening', 'none']), 'none'),
    /** When the evening is told, by the clocks of the shop's country. */
    salesHour: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23)), 20),
  }),
  /** Progress with the first steps. */
  start: v.object({
    done: v.fallback(v.array(v.picklist(['shop', 'cinetpay', 'book', 'sale'])), []),
    hidden: v.fallback(v.boolean(), false),
  }),
}

export type Section = keyof typeof sections
export type Logo = v.InferOutput<typeof logo>
export type Settings = { [S in Section]: v.InferOutput<(typeof sections)[S]> }

export const SECTIONS = Object.keys(sections) as Section[]

/** The settings of a shop where nothing was saved yet. */
export const defaultSettings = Object.fromEntries(
  SECTIONS.map((section) => [section, v.parse(sections[section], {})]),
) as Settings

/** A stored section, with defaults for what it lacks. */
export function readSection<S extends Section>(section: S, stored: unknown): Settings[S] {
  const known = typeof stored === 'object' && stored !== null ? stored : {}
  const read = v.safeParse(sections[section], known)
  return (read.success ? read.output : v.parse(sections[section], {})) as Settings[S]
}
