import * as v from 'valibot'
import { lookUp } from '../../lib/look-up.ts'
import { readPushTarget } from '../../mail/push.ts'
import { MEANS } from '../../money/means.ts'
import type { Language } from '../../words/words.ts'
import { line, parse } from './form.ts'
import type { SettingsForm } from './form.ts'
import { rateField, settingsWords } from './words.ts'

/** Numbers and addresses that the shop works by. */

const percent = (basisPoints: number, language: Language) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(basisPoints / 100)

const rate = (sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/[\s%]/g, '').replace(',', '.')),
    v.regex(/^\d{1,2}(\.\d{1,2})?$/, sentence),
    // Through a rounding: 4.35 × 100 is 434.99999…
    v.transform((text) => Math.round(Number(text) * 100)),
    v.maxValue(5_000, sentence),
  )
const noRate = v.pipe(v.string(), v.trim(), v.literal(''))

export const fees: SettingsForm = {
  slug: 'frais',
  section: 'fees',
  fields: ['rate', ...MEANS.map(rateField)].map((name) => ({ name, kind: 'line', max: 6 })),
  typedFrom: ({ fees: { basisPoints, byMeans } }, language) => ({
    rate: percent(basisPoints, language),
    ...Object.fromEntries(
      MEANS.map((means) => {
        const own = lookUp(byMeans, means)
        return [rateField(means), own === undefined ? '' : percent(own, language)]
      }),
    ),
  }),
  read(typed, { language }) {
    const { rate: sentence } = settingsWords(language).errors
    const own = v.union([noRate, rate(sentence)], sentence)
    const read = parse(
      v.object({
        rate: rate(sentence),
        ...Object.fromEntries(MEANS.map((means) => [rateField(means), own])),
      }),
      typed,
    )
    if ('errors' in read) return read
    const { rate: basisPoints } = read.value
    const all: Readonly<Record<string, unknown>> = read.value
    const byMeans: Record<string, number> = {}
    for (const means of MEANS) {
      const told = all[rateField(means)]
      if (typeof told === 'number') byMeans[means] = told
    }
    return { value: { basisPoints, byMeans } }
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
