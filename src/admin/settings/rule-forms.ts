import * as v from 'valibot'
import { lookUp } from '../../lib/look-up.ts'
import { readPushTarget } from '../../mail/push.ts'
import { MEANS } from '../../money/means.ts'
import type { Language } from '../../words/words.ts'
import { further, line, settingsForm } from './form.ts'
import type { SettingsField, SettingsForm } from './form.ts'
import { rateField } from './words.ts'

/** Numbers and addresses that the shop works with. */

const percent = (basisPoints: number, language: Language) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(basisPoints / 100)

const rate = (sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/[\s%]/g, '').replace(',', '.')),
    v.regex(/^\d{1,2}(\.\d{1,2})?$/, sentence),
    // Rounded, since 4.35 × 100 is 434.99999…
    v.transform((text) => Math.round(Number(text) * 100)),
    v.maxValue(5_000, sentence),
  )
const noRate = v.pipe(v.string(), v.trim(), v.literal(''))

const rateOf = (schema: (sentence: string) => v.GenericSchema<string, unknown>): SettingsField => ({
  kind: 'line',
  max: 6,
  schema: ({ errors }) => schema(errors.rate),
})

export const fees: SettingsForm = {
  slug: 'frais',
  group: 'payments',
  section: 'fees',
  fields: {
    rate: rateOf(rate),
    ...Object.fromEntries(
      MEANS.map((means) => [
        rateField(means),
        rateOf((sentence) => v.union([noRate, rate(sentence)], sentence)),
      ]),
    ),
  },
  shown: ({ fees: { basisPoints, byMeans } }, language) => ({
    rate: percent(basisPoints, language),
    ...Object.fromEntries(
      MEANS.map((means) => {
        const own = lookUp(byMeans, means)
        return [rateField(means), own === undefined ? '' : percent(own, language)]
      }),
    ),
  }),
  kept(read) {
    const byMeans: Record<string, number> = {}
    for (const means of MEANS) {
      const told = read[rateField(means)]
      if (typeof told === 'number') byMeans[means] = told
    }
    return { basisPoints: read['rate'], byMeans }
  },
}

const wholeNumber = (
  max: number,
  most: number,
  error: 'days' | 'copies',
): SettingsField<number> => ({
  kind: 'line',
  max,
  inputmode: 'numeric',
  schema: ({ errors }) =>
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(/^\d{1,5}$/, errors[error]),
      v.transform(Number),
      v.maxValue(most, errors[error]),
    ),
})

export const retention = settingsForm({
  slug: 'conservation',
  group: 'data',
  section: 'retention',
  fields: { unpaidDays: wholeNumber(4, 3_650, 'days') },
})

export const downloads = settingsForm({
  slug: 'telechargements',
  group: 'technical',
  section: 'delivery',
  fields: { copies: wholeNumber(5, 10_000, 'copies') },
})

const choice = <const T extends string>(options: readonly T[]): SettingsField<T> => ({
  kind: 'choice',
  options,
  schema: ({ errors }) => v.picklist(options, errors.choice),
})

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour))

export const salesTold = settingsForm({
  slug: 'ventes',
  group: 'messages',
  section: 'alerts',
  fields: {
    sales: choice(['none', 'each', 'evening']),
    salesHour: {
      kind: 'choice',
      options: HOURS,
      schema: ({ errors }) => v.pipe(v.picklist(HOURS, errors.choice), v.transform(Number)),
    },
  },
})

export const alerts = settingsForm({
  slug: 'alertes',
  group: 'messages',
  section: 'alerts',
  fields: {
    push: further(line(300), (read, { errors }) =>
      v.pipe(
        read,
        v.check((text) => text === '' || readPushTarget(text) !== undefined, errors.push),
      ),
    ),
  },
})
