import * as read from '../../forms/shapes.ts'
import * as v from 'valibot'
import type { HandPayment } from '../../data/orders/money-deeds.ts'
import { countryOptions } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OTHER_COUNTRY } from '../../forms/phone.ts'
import { area, asTyped, choice, line } from '../deeds/fields.tsx'
import type { OrderWords } from './words.ts'
import { orderWords } from './words.ts'

/** The fields of the orders' deeds. */

/** How an order can be paid by hand; a gift is a separate kind of sale, at 0. */
export const PAID_HOWS = ['cash', 'mobile', 'other'] as const satisfies HandPayment['how'][]
export const SALE_HOWS = ['cash', 'mobile', 'gift', 'other'] as const satisfies HandPayment['how'][]

export const MAX_AMOUNT = 100_000_000
const MAX_REASON = 500
const MAX_REFERENCE = 100
const MAX_NOTE = 2_000

export const reasonField = ({ deeds, errors }: OrderWords) =>
  area(
    { label: deeds.reason, hint: deeds.reasonHint, rows: 2, maxlength: MAX_REASON },
    read.area({ min: 3, max: MAX_REASON }, errors.reason),
  )

export const noteField = ({ order, errors }: OrderWords) =>
  area(
    { label: order.note, hint: order.noteHint, rows: 2, maxlength: MAX_NOTE },
    read.area({ min: 1, max: MAX_NOTE }, errors.note),
  )

export const referenceField = (label: string, { errors }: OrderWords) =>
  line({ label, maxlength: MAX_REFERENCE }, read.line({ max: MAX_REFERENCE }, errors.reference))

export const howField = <H extends HandPayment['how']>(
  label: string,
  hows: readonly H[],
  words: OrderWords,
) =>
  choice(
    { label, options: hows.map((how) => ({ value: how, label: words.hows[how] })) },
    v.pipe(v.string(), v.picklist(hows, words.errors.how)),
  )

export const amountOf = ({ errors }: OrderWords, from: number, to: number) =>
  read.amount({ from, to }, errors.amount(new Intl.NumberFormat('fr').format(to)))

/** The buyer's contact fields. They are read together, like a buyer's own form: see `contact.ts`. */
export function contactFields(language: Language) {
  const words = orderWords(language).sale
  const countries = [
    ...countryOptions(language),
    { value: OTHER_COUNTRY, label: words.otherCountry },
  ]
  return {
    name: line({ label: words.name, maxlength: 100, autocomplete: 'off', required: true }, asTyped),
    country: choice({ label: words.country, options: countries }, asTyped),
    phone: line(
      {
        label: words.phone,
        hint: words.phoneHint,
        type: 'tel',
        inputmode: 'tel',
        maxlength: 40,
        autocomplete: 'off',
        required: true,
      },
      asTyped,
    ),
    email: line(
      { label: words.email, type: 'email', maxlength: 254, autocomplete: 'off' },
      asTyped,
    ),
  }
}
