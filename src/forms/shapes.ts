import * as v from 'valibot'
import { amountIn } from '../lib/amount.ts'
import { plainSigns, withoutUnseen } from '../lib/pasted.ts'
import { readDay } from '../lib/time.ts'

/** How fields are read: each takes the sentence that is shown when the field is wrong. */

type Length = { min?: number; max: number }

/** One line, without line ends, control or invisible characters, or surrounding blanks. */
export const oneLine = (text: string) =>
  withoutUnseen(text.replace(/[\p{Cc}\p{Z}]+/gu, ' '))
    .replace(/ +/g, ' ')
    .trim()

/** A title on one line: unlike a person's name, it keeps joining and direction marks. */
export const titleLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

export const line = ({ min = 0, max }: Length, sentence: string) =>
  v.pipe(v.string(), v.transform(oneLine), v.minLength(min, sentence), v.maxLength(max, sentence))

/** Line ends become those of the database, whatever system they were typed on. */
export const area = ({ min = 0, max }: Length, sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\r\n?/g, '\n').trim()),
    v.minLength(min, sentence),
    v.maxLength(max, sentence),
  )

export const MAX_EMAIL_LENGTH = 254

export const isEmail = (text: string) => text.length <= MAX_EMAIL_LENGTH && v.is(Email, text)
/** Apostrophes are allowed, since some names have them; a domain without a dot is useless here. */
const Email = v.pipe(v.string(), v.rfcEmail(), v.regex(/@.+\.[^.\d]{2,}$/))

/** An address as people copy it: « Awa <awa @example.net>; » or a mailto: link give awa@example.net. */
export const plainEmail = (text: string) =>
  plainSigns(text)
    .replace(/^[^<]*<([^>]*)>.*$/, '$1')
    .replace(/^\s*mailto:|[\s.,;]+$/gi, '')
    .replace(/\s*([@.])\s*/g, '$1')
    .replaceAll('’', "'")
    .trim()

/** An e-mail address, or nothing. */
export const email = (sentence: string) =>
  v.pipe(
    v.string(),
    v.transform(plainEmail),
    v.check((text) => text === '' || isEmail(text), sentence),
  )

/** A whole sum of money, as people write sums: « 2 500 F ». */
export const amount = ({ from = 0, to }: { from?: number; to: number }, sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => amountIn(text)),
    v.check((sum) => sum >= from && sum <= to, sentence),
  )

/** Or nothing, which is null. */
export const optional = <T>(schema: v.GenericSchema<string, T>) =>
  v.union([
    v.pipe(
      v.string(),
      v.trim(),
      v.literal(''),
      v.transform(() => null),
    ),
    schema,
  ])

/** A day, or nothing: see `readDay`. */
export const day = (sentence: string) =>
  v.pipe(
    v.string(),
    v.check((text) => text.trim() === '' || readDay(text) !== undefined, sentence),
    v.transform((text) => readDay(text) ?? null),
  )
