import * as v from 'valibot'
import { readPushTarget } from '../../mail/push.ts'
import { line, parse } from './form.ts'
import type { SettingsForm } from './form.ts'
import { settingsWords } from './words.ts'

/** Numbers and addresses that the shop works by. */

export const fees: SettingsForm = {
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

const wholeNumber = (most: number, sentence: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,5}$/, sentence),
    v.transform(Number),
    v.maxValue(most, sentence),
  )

export const retention: SettingsForm = {
  slug: 'conservation',
  section: 'retention',
  fields: [{ name: 'unpaidDays', kind: 'line', max: 4, inputmode: 'numeric' }],
  typedFrom: ({ retention: { unpaidDays } }) => ({ unpaidDays: String(unpaidDays) }),
  read(typed, { language }) {
    const { days } = settingsWords(language).errors
    return parse(v.object({ unpaidDays: wholeNumber(3_650, days) }), typed)
  },
}

export const downloads: SettingsForm = {
  slug: 'telechargements',
  section: 'delivery',
  fields: [{ name: 'copies', kind: 'line', max: 5, inputmode: 'numeric' }],
  typedFrom: ({ delivery: { copies } }) => ({ copies: String(copies) }),
  read(typed, { language }) {
    const { copies } = settingsWords(language).errors
    return parse(v.object({ copies: wholeNumber(10_000, copies) }), typed)
  },
}

export const alerts: SettingsForm = {
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
