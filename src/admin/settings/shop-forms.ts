import * as v from 'valibot'
import { isColour } from '../../lib/colour.ts'
import type { Colour } from '../../lib/colour.ts'
import { readNumber, spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { phoneSentence } from '../../forms/phone.ts'
import { PHONE_COUNTRIES } from '../../money/countries.ts'
import { area, email, further, line, settingsForm } from './form.ts'
import type { SettingsField } from './form.ts'

/** Who sells, how the shop looks, and its legal texts. */

const name = further(line(60), (read, { errors }) =>
  v.pipe(read, v.minLength(1, errors.required(60))),
)

const country: SettingsField<string> = {
  kind: 'country',
  schema: ({ errors }) => v.pipe(v.string(), v.picklist(['', ...PHONE_COUNTRIES], errors.country)),
}

const phone = line(40, { type: 'tel' })

const whatsapp = further(phone, (read, { typed, country, language }) => {
  // One that is none has a sentence of its own, in its field.
  const region = PHONE_COUNTRIES.find((one) => one === typed['country']) ?? country
  return v.pipe(
    read,
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      if (dataset.value === '') return ''
      const number = readNumber(dataset.value, region, PHONE_COUNTRIES)
      if ('e164' in number) return number.e164
      addIssue({ message: phoneSentence(number.fault, language) })
      return NEVER
    }),
  )
})

export const shop = settingsForm({
  slug: 'boutique',
  group: 'shop',
  section: 'shop',
  fields: { name, tagline: line(120), country, whatsapp, email },
  shown: ({ shop: { whatsapp } }) => ({ whatsapp: whatsapp && spellPhone(whatsapp) }),
})

const colour: SettingsField<Colour> = {
  kind: 'colour',
  schema: ({ errors }) =>
    v.pipe(
      v.string(),
      v.transform((text) => text.trim().toLowerCase()),
      v.custom<Colour>((text) => isColour(String(text)), errors.colour),
    ),
}

export const look = settingsForm({
  slug: 'apparence',
  group: 'shop',
  section: 'look',
  fields: { colour },
})

export const identity = settingsForm({
  slug: 'identite',
  group: 'shop',
  section: 'legal',
  fields: {
    seller: line(120),
    address: area(300, 3),
    phone,
    email,
    registration: line(100),
    host: line(200),
  },
})

export const legalPages = settingsForm({
  slug: 'pages',
  group: 'shop',
  section: 'legal',
  fields: { notice: area(20_000, 8), terms: area(20_000, 8), privacy: area(20_000, 8) },
})
