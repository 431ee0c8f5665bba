import * as v from 'valibot'
import { isColour } from '../../lib/colour.ts'
import type { Colour } from '../../lib/colour.ts'
import { e164, spellPhone } from '../../lib/phone.ts'
import { PHONE_COUNTRIES } from '../../money/countries.ts'
import { area, email, line, parse } from './form.ts'
import type { SettingsForm } from './form.ts'
import { settingsWords } from './words.ts'

/** Who sells, how the shop looks, and what the law wants to be read. */

export const shop: SettingsForm = {
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

export const look: SettingsForm = {
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

export const identity: SettingsForm = {
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

export const legalPages: SettingsForm = {
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
