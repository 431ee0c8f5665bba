import type { PromotableBook } from '../../data/orders/promotions.ts'
import { CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { discounted } from '../../money/price.ts'
import type { Discount } from '../../money/price.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { describeRule } from './describe.ts'
import { promotionWords } from './words.ts'

const ROWS = 6
const EXAMPLE: Discount = { kind: 'percent', value: 20 }

type PriceTableProps = {
  /** Undefined while nothing valid is typed. */
  rule: Discount | undefined
  /** The books it applies to. */
  books: PromotableBook[]
  currency: Currency
  language: Language
}

/** « 5 000 → 4 000 »: what a rule does to the shop's real prices, as buyers will pay them. */
export function PriceTable({ rule, books, currency, language }: PriceTableProps) {
  const words = promotionWords(language).table
  const used = rule ?? EXAMPLE
  const { min, step } = CURRENCIES[currency]
  const own = books.filter((book) => book.currency === currency && book.priceFloor === null)
  const prices = [...new Set(own.map((book) => book.price))].filter((price) => price > 0)
  prices.sort((a, b) => a - b)
  const shown = prices.length > 0 ? prices.slice(0, ROWS) : [10 * min, 25 * min, 50 * min]
  const asMoney = (amount: number) => money(amount, currency, language)
  const described = describeRule(used, currency, language)
  return (
    <div class="prices">
      <table>
        <caption>{rule ? words.title(described) : words.example(described)}</caption>
        <thead>
          <tr>
            <th class="number">{words.before}</th>
            <th class="number">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((price) => {
            const total = discounted(price, used, currency)
            return (
              <tr>
                <td class="number">{asMoney(price)}</td>
                <td class="number">→ {total === 0 ? words.free : asMoney(total)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p class="hint">{words.rounding({ step, smallest: asMoney(min) })}</p>
    </div>
  )
}
