import { amountIn } from '../lib/amount.ts'
import { CURRENCIES, isPayable } from './currency.ts'
import type { Currency } from './currency.ts'

/**
 * What is asked for a book. A total is rounded to the currency's step, the nearest one, and down
 * when two are as near, in the buyer's favour. CinetPay takes no payment below the currency's
 * minimum: a discount that leaves less than that leaves the minimum, never more than the price
 * before it; only a discount of the whole price makes a book free.
 */
export type Price = { price: number; priceFloor: number | null; currency: Currency }

export type Discount = { kind: 'percent' | 'amount'; value: number }

export function discounted(amount: number, discount: Discount, currency: Currency): number {
  const { min, step } = CURRENCIES[currency]
  // In hundredths, so that nothing is lost before the rounding.
  const exact =
    discount.kind === 'percent'
      ? amount * (100 - discount.value)
      : Math.max(0, amount - discount.value) * 100
  if (exact === 0) return 0
  const unit = step * 100
  const rest = exact % unit
  const rounded = (exact - rest + (rest * 2 > unit ? unit : 0)) / 100
  return Math.min(amount, Math.max(min, rounded))
}

/** Whether it can be sold today: for nothing, or for a sum that CinetPay takes. */
export function isSellable(book: Price): boolean {
  if (book.priceFloor !== null) return isChoosable(smallestAmount(book), book)
  return book.price === 0 || isPayable(book.price, book.currency)
}

/** The least that a buyer who chooses the price may choose, nothing apart. */
export function smallestAmount({ priceFloor, currency }: Price): number {
  const { min, step } = CURRENCIES[currency]
  return Math.ceil(Math.max(priceFloor ?? 0, min) / step) * step
}

/** What the form proposes to a buyer who chooses the price. */
export const suggestedAmount = (book: Price) =>
  isChoosable(book.price, book) ? book.price : smallestAmount(book)

/** The amount that a buyer typed; undefined if it is not an amount, or not an allowed one. */
export function readAmount(typed: string, book: Price): number | undefined {
  const amount = amountIn(typed, CURRENCIES[book.currency].hasCents)
  return isChoosable(amount, book) ? amount : undefined
}

const isChoosable = (amount: number, { priceFloor, currency }: Price) =>
  priceFloor !== null && amount >= priceFloor && (amount === 0 || isPayable(amount, currency))
