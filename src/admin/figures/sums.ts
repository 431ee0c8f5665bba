import type { BookTakings, Outcomes, Takings } from '../../data/orders/figures.ts'
import type { Currency } from '../../money/currency.ts'

/** What a page shows for one currency: amounts in whole units, and those of the period before. */
export type Sums = {
  currency: Currency
  now: Totals
  before: Totals
  /** Received without being a sale: paid twice, or a wrong amount that was given back. */
  beside: { count: number; amount: number }
  refunds: { count: number; amount: number }
  steps: { at: Date; sales: number; amount: number }[]
  operators: Share[]
  books: Share[]
}

type Totals = {
  sales: number
  amount: number
  /** After the provider's fee, in whole units, rounded down. */
  net: number
  /** The average sale that cost something. */
  basket: number
}

/** A part of the whole; without a name, all the others together. */
export type Share = { name: string | undefined; sales: number; amount: number }

type Asked = {
  takings: readonly Takings[]
  books: readonly BookTakings[]
  outcomes: Outcomes
  steps: readonly Date[]
  /** Shown when nothing was sold at all. */
  currency: Currency
  /** The provider's fee on it, in hundredths of a percent. */
  feeRateOf(taking: Takings): number
  /** The name that people use for the provider and operator. */
  nameOf(taking: Takings): string
}

/** One entry per currency, the one with the most sales first. */
export function sumUp(asked: Asked): Sums[] {
  const { takings, books, outcomes } = asked
  const currencies = new Set([
    ...takings.map(({ currency }) => currency),
    ...[...outcomes.beside, ...outcomes.refunds].map(({ currency }) => currency),
  ])
  if (currencies.size === 0) currencies.add(asked.currency)
  return [...currencies]
    .map((currency) => {
      const own = takings.filter((taking) => taking.currency === currency)
      const now = own.filter(({ isNow }) => isNow)
      const before = own.filter(({ isNow }) => !isNow)
      const totals = totalsOf(now, asked.feeRateOf)
      const ownOf = (sums: Outcomes['refunds']) =>
        sums.find((sum) => sum.currency === currency) ?? { count: 0, amount: 0 }
      return {
        currency,
        now: totals,
        before: totalsOf(before, asked.feeRateOf),
        beside: ownOf(outcomes.beside),
        refunds: ownOf(outcomes.refunds),
        steps: asked.steps.map((at) => ({
          at,
          ...add(now.filter((taking) => taking.at.getTime() === at.getTime())),
        })),
        operators: byName(now, asked.nameOf),
        books: withOthers(
          books.filter((book) => book.currency === currency),
          totals,
        ),
      }
    })
    .toSorted((a, b) => b.now.sales - a.now.sales)
}

/** The share of payments opened with the provider that it accepted, from 0 to 1. */
export const successOf = ({ opened, accepted }: { opened: number; accepted: number }) =>
  opened === 0 ? undefined : accepted / opened

/** The relative change: 0.12 is 12 % more. Undefined when there was nothing before. */
export const growth = (now: number, before: number) =>
  before === 0 ? undefined : (now - before) / before

const FEWEST_STEPS = 6

/** The steps from the first one with a sale on, and some before it where these are few. */
export function sinceFirstSale<T extends { sales: number }>(steps: readonly T[]): readonly T[] {
  const first = steps.findIndex(({ sales }) => sales > 0)
  return steps.slice(Math.max(0, Math.min(first, steps.length - FEWEST_STEPS)))
}

function totalsOf(takings: readonly Takings[], rateOf: Asked['feeRateOf']): Totals {
  const { sales, amount } = add(takings)
  const kept = takings.reduce((sum, taking) => sum + taking.amount * rateOf(taking), 0)
  const priced = takings.reduce((sum, taking) => sum + taking.priced, 0)
  return {
    sales,
    amount,
    net: amount - Math.ceil(kept / BASIS_POINTS),
    basket: priced === 0 ? 0 : Math.round(amount / priced),
  }
}

/** The whole, in hundredths of a percent. */
const BASIS_POINTS = 10_000

/** The fee is rounded up, so that the net is never overstated; rounded once, on the sum. */
export const feeOf = (amount: number, basisPoints: number) =>
  Math.ceil((amount * basisPoints) / BASIS_POINTS)

function add(parts: readonly { sales: number; amount: number }[]) {
  return parts.reduce<{ sales: number; amount: number }>(
    (sum, { sales, amount }) => ({ sales: sum.sales + sales, amount: sum.amount + amount }),
    { sales: 0, amount: 0 },
  )
}

/** An operator that is spelt in several ways is one line. */
function byName(takings: readonly Takings[], nameOf: Asked['nameOf']): Share[] {
  const shares = new Map<string, { name: string; sales: number; amount: number }>()
  for (const taking of takings) {
    const name = nameOf(taking)
    const share = shares.get(name) ?? { name, sales: 0, amount: 0 }
    share.sales += taking.sales
    share.amount += taking.amount
    shares.set(name, share)
  }
  return [...shares.values()].toSorted((a, b) => b.amount - a.amount || b.sales - a.sales)
}

function withOthers(top: readonly BookTakings[], whole: Totals): Share[] {
  const named = top.map(({ title, sales, amount }) => ({ name: title, sales, amount }))
  const sum = add(named)
  const others = { sales: whole.sales - sum.sales, amount: whole.amount - sum.amount }
  return others.sales > 0 ? [...named, { name: undefined, ...others }] : named
}
