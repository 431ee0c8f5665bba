import * as v from 'valibot'
import type { Settings } from '../../config/settings.ts'
import { oneLine } from '../../forms/shapes.ts'
import { isOriginal, messageText, unknownPlaceholders } from '../../words/messages.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import { area, further, settingsForm } from './form.ts'

/** The shop's messages to buyers, in the seller's own words where she wants. */

/** A text of the shop; one equal to the original is stored as empty. */
const text = (message: Message, max: number, rows: number) => ({
  ...further(area(max, rows), (read) =>
    v.pipe(
      read,
      v.transform((text) => (isOriginal(message, text) ? '' : text)),
    ),
  ),
  message,
})

/** A message: only known placeholders are allowed. */
const message = (name: Message, max: number, rows: number) =>
  further(text(name, max, rows), (read, { errors }) =>
    v.pipe(
      read,
      v.check(
        (text) => unknownPlaceholders(text).length === 0,
        ({ input }) => errors.unknown(unknownPlaceholders(input).join(', ')),
      ),
    ),
  )

/** A message that delivers the book. */
const giving = (name: Message, max: number, rows: number) =>
  further(message(name, max, rows), (read, { errors }) =>
    v.pipe(
      read,
      v.check((text) => text === '' || text.includes('{lien}'), errors.link),
    ),
  )

/** Shows the text in use: the seller's own, or the shop's. */
const inUse = (texts: Settings['texts'], names: readonly Message[], language: Language) =>
  Object.fromEntries(names.map((name) => [name, messageText(texts, name, language)]))

export const messages = settingsForm({
  slug: 'messages',
  group: 'messages',
  section: 'texts',
  fields: {
    emailSubject: further(message('emailSubject', 200, 2), (read) =>
      v.pipe(read, v.transform(oneLine)),
    ),
    emailBody: giving('emailBody', 5_000, 12),
    whatsapp: giving('whatsapp', 1_000, 5),
    reminder: giving('reminder', 1_000, 5),
  },
  shown: ({ texts }, language) =>
    inUse(texts, ['emailSubject', 'emailBody', 'whatsapp', 'reminder'], language),
})

export const help = settingsForm({
  slug: 'aides',
  group: 'payments',
  section: 'texts',
  fields: {
    orange: text('orange', 1_000, 4),
    wave: text('wave', 1_000, 4),
    mtn: text('mtn', 1_000, 4),
    moov: text('moov', 1_000, 4),
  },
  shown: ({ texts }, language) => inUse(texts, ['orange', 'wave', 'mtn', 'moov'], language),
})
