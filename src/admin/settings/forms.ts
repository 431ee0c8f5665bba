import * as v from 'valibot'
import { isColour } from '../../lib/colour.ts'
import type { Colour } from '../../lib/colour.ts'
import { e164, spellPhone } from '../../lib/phone.ts'
import { readPushTarget } from '../../mail/push.ts'
import type { Section, Settings } from '../../settings.ts'
import { PHONE_COUNTRIES } from '../../views/buy-form.tsx'
import { isOriginal, originalText, unknownPlaceholders } from '../../words/messages.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import { settingsWords } from './words.ts'
import type { Slug } from './words.ts'

/**
 * Each page of the settings: which section it saves, its fields, and how what was typed becomes
 * what is kept. Two pages may share a section; each leaves the other's fields as they are.
 */
export type Typed = Readonly<Record<string, string>>
export type Errors = Partial<Record<string, string>>

type FieldShape =
  | { name: string; kind: 'line'; max: number; type?: 'tel' | 'email'; inputmode?: 'numeric' }
  | { name: string; kind: 'area'; max: number; rows: number; message?: Message }
  | { name: string; kind: 'country' }
  | { name: string; kind: 'colour' }

export type SettingsForm = {
  slug: Slug
  section: Section
  fields: readonly FieldShape[]
  typedFrom(settings: Settings, language: Language): Typed
  read(typed: Typed, known: Known): { value: Settings[Section] } | { errors: Errors }
}

/** What a form is read against. `country` is where a number typed without + belongs. */
type Known = { settings: Settings; language: Language; country: string }

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
const unix = (text: string) => text.replace(/\r\n?/g, '\n').trim()

const line = (max: number, language: Language) =>
  v.pipe(
    v.string(),
    v.transform(oneLine),
    v.maxLength(max, settingsWords(language).errors.long(max)),
  )
const area = (max: number, language: Language) =>
  v.pipe(v.string(), v.transform(unix), v.maxLength(max, settingsWords(language).errors.long(max)))
const email = (language: Language) => {
  const { email: sentence } = settingsWords(language).errors
  return v.pipe(
    line(254, language),
    v.union([v.literal(''), v.pipe(v.string(), v.email(sentence))], sentence),
  )
}

/** A message of the shop: known placeholders only; the original is kept as nothing of its own. */
const message = (name: Message, max: number, language: Language, needsLink = false) => {
  const { errors } = settingsWords(language)
  return v.pipe(
    area(max, language),
    v.transform((text) => (isOriginal(name, text) ? '' : text)),
    v.check(
      (text) => unknownPlaceholders(text).length === 0,
      ({ input }) => errors.unknown(unknownPlaceholders(input).join(', ')),
    ),
    v.check((text) => !needsLink || text === '' || text.includes('{lien}'), errors.link),
  )
}

type Parsed<T extends v.GenericSchema> = { value: v.InferOutput<T> } | { errors: Errors }

function parse<T extends v.GenericSchema>(schema: T, typed: Typed): Parsed<T> {
  const read = v.safeParse(schema, typed, { abortPipeEarly: true })
  if (read.success) return { value: read.output }
  const errors: Errors = {}
  for (const issue of read.issues) {
    const name = String(issue.path?.[0]?.key ?? '')
    errors[name] ??= issue.message
  }
  return { errors }
}

const shop: SettingsForm = {
  slug: 'boutique',
  section: 'shop',
  fields: [
    { name: 'name', kind: 'line', max: 60 },
    { name: 'tagline', kind: 'line', max: 120 },
    { name: 'country', kind: 'country' },
    { name: 'whatsapp', kind: 'line', max: 40, type: 'tel' },
    { name: 'email', kind: 'line', max: 254, type: 'email' },
  ],
  typedFrom: ({ shop: { whatsapp, ...rest } }) => ({
    ...rest,
    whatsapp: whatsapp && spellPhone(whatsapp),
  }),
  read(typed, { language, country }) {
    const { errors } = settingsWords(language)
    const region = typed['country'] || country
    return parse(
      v.object({
        name: v.pipe(line(60, language), v.minLength(1, errors.required(60))),
        tagline: line(120, language),
        country: v.picklist(['', ...PHONE_COUNTRIES], errors.country),
        whatsapp: v.pipe(
          line(40, language),
          v.check((text) => text === '' || e164(text, region) !== undefined, errors.whatsapp),
          v.transform((text) => (text && e164(text, region)) ?? ''),
        ),
        email: email(language),
      }),
      typed,
    )
  },
}

const look: SettingsForm = {
  slug: 'apparence',
  section: 'look',
  fields: [{ name: 'colour', kind: 'colour' }],
  typedFrom: ({ look: { colour } }) => ({ colour }),
  read(typed, { settings, language }) {
    const { colour } = settingsWords(language).errors
    const read = parse(
      v.object({
        colour: v.pipe(
          v.string(),
          v.transform((text) => text.trim().toLowerCase()),
          v.custom<Colour>((text) => isColour(String(text)), colour),
        ),
      }),
      typed,
    )
    return 'errors' in read ? read : { value: { ...settings.look, ...read.value } }
  },
}

const identity: SettingsForm = {
  slug: 'identite',
  section: 'legal',
  fields: [
    { name: 'seller', kind: 'line', max: 120 },
    { name: 'address', kind: 'area', max: 300, rows: 3 },
    { name: 'phone', kind: 'line', max: 40, type: 'tel' },
    { name: 'email', kind: 'line', max: 254, type: 'email' },
    { name: 'registration', kind: 'line', max: 100 },
    { name: 'host', kind: 'line', max: 200 },
  ],
  typedFrom({ legal: { seller, address, phone, email, registration, host } }) {
    return { seller, address, phone, email, registration, host }
  },
  read(typed, { settings, language }) {
    const read = parse(
      v.object({
        seller: line(120, language),
        address: area(300, language),
        phone: line(40, language),
        email: email(language),
        registration: line(100, language),
        host: line(200, language),
      }),
      typed,
    )
    return 'errors' in read ? read : { value: { ...settings.legal, ...read.value } }
  },
}

const legalPages: SettingsForm = {
  slug: 'pages',
  section: 'legal',
  fields: [
    { name: 'notice', kind: 'area', max: 20_000, rows: 8 },
    { name: 'terms', kind: 'area', max: 20_000, rows: 8 },
    { name: 'privacy', kind: 'area', max: 20_000, rows: 8 },
  ],
  typedFrom: ({ legal: { notice, terms, privacy } }) => ({ notice, terms, privacy }),
  read(typed, { settings, language }) {
    const own = area(20_000, language)
    const read = parse(v.object({ notice: own, terms: own, privacy: own }), typed)
    return 'errors' in read ? read : { value: { ...settings.legal, ...read.value } }
  },
}

/** Shows the text in use: the seller's own, or the shop's. */
const inUse = (texts: Settings['texts'], names: readonly Message[], language: Language) =>
  Object.fromEntries(names.map((name) => [name, texts[name] || originalText(name, language)]))

const messages: SettingsForm = {
  slug: 'messages',
  section: 'texts',
  fields: [
    { name: 'emailSubject', kind: 'area', max: 200, rows: 2, message: 'emailSubject' },
    { name: 'emailBody', kind: 'area', max: 5_000, rows: 12, message: 'emailBody' },
    { name: 'whatsapp', kind: 'area', max: 1_000, rows: 5, message: 'whatsapp' },
  ],
  typedFrom: ({ texts }, language) =>
    inUse(texts, ['emailSubject', 'emailBody', 'whatsapp'], language),
  read(typed, { settings, language }) {
    const read = parse(
      v.object({
        emailSubject: v.pipe(message('emailSubject', 200, language), v.transform(oneLine)),
        emailBody: message('emailBody', 5_000, language, true),
        whatsapp: message('whatsapp', 1_000, language, true),
      }),
      typed,
    )
    return 'errors' in read ? read : { value: { ...settings.texts, ...read.value } }
  },
}

const help: SettingsForm = {
  slug: 'aides',
  section: 'texts',
  fields: (['orange', 'wave', 'mtn', 'moov'] as const).map((name) => ({
    name,
    kind: 'area',
    max: 1_000,
    rows: 4,
    message: name,
  })),
  typedFrom: ({ texts }, language) => inUse(texts, ['orange', 'wave', 'mtn', 'moov'], language),
  read(typed, { settings, language }) {
    const own = (name: Message) =>
      v.pipe(
        area(1_000, language),
        v.transform((text) => (isOriginal(name, text) ? '' : text)),
      )
    const read = parse(
      v.object({ orange: own('orange'), wave: own('wave'), mtn: own('mtn'), moov: own('moov') }),
      typed,
    )
    return 'errors' in read ? read : { value: { ...settings.texts, ...read.value } }
  },
}

const fees: SettingsForm = {
  slug: 'frais',
  section: 'fees',
  fields: [{ name: 'rate', kind: 'line', max: 6 }],
  typedFrom: ({ fees: { basisPoints } }, language) => ({
    rate: new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(basisPoints / 100),
  }),
  read(typed, { language }) {
    const { rate } = settingsWords(language).errors
    const read = parse(
      v.object({
        rate: v.pipe(
          v.string(),
          v.transform((text) => text.replace(/[\s%]/g, '').replace(',', '.')),
          v.regex(/^\d{1,2}(\.\d{1,2})?$/, rate),
          // Through a rounding: 4.35 × 100 is 434.99999…
          v.transform((text) => Math.round(Number(text) * 100)),
          v.maxValue(5_000, rate),
        ),
      }),
      typed,
    )
    return 'errors' in read ? read : { value: { basisPoints: read.value.rate } }
  },
}

const retention: SettingsForm = {
  slug: 'conservation',
  section: 'retention',
  fields: [{ name: 'unpaidDays', kind: 'line', max: 4, inputmode: 'numeric' }],
  typedFrom: ({ retention: { unpaidDays } }) => ({ unpaidDays: String(unpaidDays) }),
  read(typed, { language }) {
    const { days } = settingsWords(language).errors
    return parse(
      v.object({
        unpaidDays: v.pipe(
          v.string(),
          v.trim(),
          v.regex(/^\d{1,4}$/, days),
          v.transform(Number),
          v.maxValue(3_650, days),
        ),
      }),
      typed,
    )
  },
}

const downloads: SettingsForm = {
  slug: 'telechargements',
  section: 'delivery',
  fields: [{ name: 'copies', kind: 'line', max: 5, inputmode: 'numeric' }],
  typedFrom: ({ delivery: { copies } }) => ({ copies: String(copies) }),
  read(typed, { language }) {
    const { copies } = settingsWords(language).errors
    return parse(
      v.object({
        copies: v.pipe(
          v.string(),
          v.trim(),
          v.regex(/^\d{1,5}$/, copies),
          v.transform(Number),
          v.maxValue(10_000, copies),
        ),
      }),
      typed,
    )
  },
}

const alerts: SettingsForm = {
  slug: 'alertes',
  section: 'alerts',
  fields: [{ name: 'push', kind: 'line', max: 300 }],
  typedFrom: ({ alerts: { push } }) => ({ push }),
  read(typed, { language }) {
    const { push } = settingsWords(language).errors
    return parse(
      v.object({
        push: v.pipe(
          line(300, language),
          v.check((text) => text === '' || readPushTarget(text) !== undefined, push),
        ),
      }),
      typed,
    )
  },
}

export const settingsForms: readonly SettingsForm[] = [
  shop,
  look,
  identity,
  legalPages,
  messages,
  help,
  alerts,
  fees,
  retention,
  downloads,
]

/** What stands in the form, with nothing concluded from it yet. */
export const typedIn = (form: SettingsForm, fields: ReadonlyMap<string, string>): Typed =>
  Object.fromEntries(form.fields.map(({ name }) => [name, fields.get(name) ?? '']))
