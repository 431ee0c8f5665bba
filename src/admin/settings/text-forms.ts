import * as v from 'valibot'
import type { Settings } from '../../config/settings.ts'
import { isOriginal, originalText, unknownPlaceholders } from '../../words/messages.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import { area, parse } from './form.ts'
import { oneLine } from '../../forms/shapes.ts'
import type { SettingsForm } from './form.ts'
import { settingsWords } from './words.ts'

/** The shop's words to its buyers, where the seller wants her own. */

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

/** Shows the text in use: the seller's own, or the shop's. */
const inUse = (texts: Settings['texts'], names: readonly Message[], language: Language) =>
  Object.fromEntries(names.map((name) => [name, texts[name] || originalText(name, language)]))

export const messages: SettingsForm = {
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

export const help: SettingsForm = {
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
