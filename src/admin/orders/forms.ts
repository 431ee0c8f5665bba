import * as v from 'valibot'
import type { Contact } from '../../data/orders/deeds.ts'
import type { HandPayment } from '../../data/orders/money-deeds.ts'
import type { Typed } from '../../views/buy-form.tsx'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import { readBuyer, typedIn } from '../../storefront/checkout/buyer.ts'
import type { Buyer } from '../../storefront/checkout/buyer.ts'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { OrderWords } from './words.ts'

/** The desk's forms about orders: each field that is wrong gets its sentence. */
export type Fields = ReadonlyMap<string, string>
export type Errors<Name extends string> = Partial<Record<Name, string>>
export type Reading<T, Name extends string> =
  { ok: true; value: T } | { ok: false; errors: Errors<Name> }

/** How an order that was made to be paid can be paid by hand; a gift is a sale of its own, at 0. */
export const PAID_HOWS = ['cash', 'mobile', 'other'] as const satisfies HandPayment['how'][]
export const SALE_HOWS = ['cash', 'mobile', 'gift', 'other'] as const satisfies HandPayment['how'][]

const MAX_AMOUNT = 100_000_000

const reason = (words: OrderWords) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(3, words.errors.reason),
    v.maxLength(500, words.errors.reason),
  )

const reference = (words: OrderWords) =>
  v.pipe(v.string(), v.trim(), v.maxLength(100, words.errors.reference))

const how = <H extends HandPayment['how']>(hows: readonly H[], words: OrderWords) =>
  v.pipe(v.string(), v.picklist(hows, words.errors.how))

/** Spaces are how people part thousands. */
const amount = (words: OrderWords, from: number, to: number) => {
  const sentence = words.errors.amount(new Intl.NumberFormat('fr').format(to))
  return v.pipe(
    v.string(),
    v.transform((typed) => typed.replace(/\s/g, '')),
    v.regex(/^\d{1,9}$/, sentence),
    v.transform(Number),
    v.minValue(from, sentence),
    v.maxValue(to, sentence),
  )
}

export type ReasonTyped = { reason: string }

export const typedReason = (fields: Fields): ReasonTyped => ({ reason: fields.get('reason') ?? '' })

export const readReason = (typed: ReasonTyped, words: OrderWords) =>
  read(v.object({ reason: reason(words) }), typed)

export type RefundTyped = { amount: string; reason: string; reference: string }

export const typedRefund = (fields: Fields): RefundTyped => ({
  amount: fields.get('amount') ?? '',
  reason: fields.get('reason') ?? '',
  reference: fields.get('reference') ?? '',
})

/** What was held for a wrong amount is given back as received: more, perhaps, than was asked. */
export function readRefund(
  typed: RefundTyped,
  payment: { amount: number; status: string },
  words: OrderWords,
) {
  const most = payment.status === 'review' ? MAX_AMOUNT : payment.amount
  const Refund = v.object({
    amount: amount(words, Math.min(1, most), most),
    reason: reason(words),
    reference: reference(words),
  })
  return read(Refund, typed)
}

export type HandTyped = { how: string; reference: string; reason: string }

export const typedHand = (fields: Fields): HandTyped => ({
  how: fields.get('how') ?? '',
  reference: fields.get('reference') ?? '',
  reason: fields.get('reason') ?? '',
})

export const readHand = (typed: HandTyped, words: OrderWords) =>
  read(
    v.object({
      how: how(PAID_HOWS, words),
      reference: reference(words),
      reason: reason(words),
    }),
    typed,
  )

export type SaleTyped = HandTyped & { book: string; amount: string }

export const typedSale = (fields: Fields): SaleTyped => ({
  ...typedHand(fields),
  book: fields.get('book') ?? '',
  amount: fields.get('amount') ?? '',
})

/** Left empty, the amount is the book's price; a gift costs nothing. */
export function readSale<B extends { id: number; price: number }>(
  typed: SaleTyped,
  books: readonly B[],
  words: OrderWords,
) {
  const book = books.find(({ id }) => String(id) === typed.book)
  const byDefault = typed.how === 'gift' ? 0 : (book?.price ?? 0)
  const Sale = v.pipe(
    v.object({
      how: how(SALE_HOWS, words),
      reference: reference(words),
      reason: reason(words),
      book: v.custom<string>(() => book !== undefined, words.errors.book),
      amount: v.union(
        [
          v.pipe(
            v.string(),
            v.trim(),
            v.literal(''),
            v.transform(() => byDefault),
          ),
          amount(words, 0, MAX_AMOUNT),
        ],
        words.errors.amount(new Intl.NumberFormat('fr').format(MAX_AMOUNT)),
      ),
    }),
    v.forward(
      v.partialCheck(
        [['how'], ['amount']],
        ({ how, amount }) => how !== 'gift' || amount === 0,
        words.errors.gift,
      ),
      ['amount'],
    ),
    v.transform((sale) => ({ ...sale, book: book! })),
  )
  return read(Sale, typed)
}

export const readNote = (typed: string, words: OrderWords) =>
  read(
    v.object({
      note: v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1, words.errors.note),
        v.maxLength(2_000, words.errors.note),
      ),
    }),
    { note: typed },
  )

/** Who is to be reached, as typed. */
export type ContactTyped = Pick<Typed, 'name' | 'phone' | 'country' | 'email'>

export function typedContact(fields: Fields): ContactTyped {
  const { name, phone, country, email } = typedIn(fields)
  return { name, phone, country, email }
}

/** As a buyer's own form is read. */
export const readContact = (typed: ContactTyped, language: Language) =>
  readBuyer({ ...typed, amount: '', means: '' }, wordsIn(language))

/** A name for what was seen, which a form carries back: the values themselves need not travel. */
export const fingerprint = ({ buyerName, phoneTyped, phoneE164, email }: Contact) =>
  sha256Hex(JSON.stringify([buyerName, phoneTyped, phoneE164, email]))

export const contactOf = (order: DeskOrder): Contact => ({
  buyerName: order.buyerName,
  phoneTyped: order.phoneTyped,
  phoneE164: order.phoneE164,
  email: order.email,
})

export const asContact = ({ name, phoneTyped, phoneE164, email }: Buyer): Contact => ({
  buyerName: name,
  phoneTyped,
  phoneE164,
  email,
})

function read<S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
  typed: v.InferInput<S>,
): Reading<v.InferOutput<S>, string> {
  const result = v.safeParse(schema, typed)
  if (result.success) return { ok: true, value: result.output }
  const errors: Errors<string> = {}
  for (const issue of result.issues) {
    const name = v.getDotPath(issue) ?? ''
    errors[name] ??= issue.message
  }
  return { ok: false, errors }
}
