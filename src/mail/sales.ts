import { listToldSales } from '../data/messages/sales.ts'
import type { ToldSales } from '../data/messages/sales.ts'
import type { Shop } from '../contracts/shop.ts'
import { absolute, paths } from '../links/addresses.ts'
import type { Currency } from '../money/currency.ts'
import { meansName, meansOf } from '../money/means.ts'
import { money } from '../words/words.ts'
import type { Note } from './push.ts'
import { salesWords as words } from './words.ts'

/** More would fill a phone's screen. */
const TITLES_TOLD = 10

/** What was sold, in a note: titles, sums, means of payment, and never a buyer; undefined: nothing. */
export async function salesNote(
  shop: Shop,
  message: { id: number; kind: 'sale' | 'digest' },
): Promise<Note | undefined> {
  const sold = await listToldSales(shop.sql, message, shop.provider.isPlayMoney)
  const priced = sold.filter(({ amount }) => amount > 0)
  const given = sold.filter(({ amount }) => amount === 0)
  const [first] = priced
  if (message.kind === 'sale' && first && countOf(priced) === 1) {
    const title = words.one(sumsOf(priced))
    const text = words.oneText(first.title, meansOfSale(first))
    return { title, text, link: absolute(shop.config, paths.deskOrder(first.code)) }
  }
  if (sold.length === 0) return undefined
  const count = countOf(priced)
  const lines = [
    ...titleLines(priced, (title, some) => words.title(title, countOf(some), sumsOf(some))),
    ...(count > 0 ? ['', words.means(meansLine(priced))] : []),
    ...(given.length > 0
      ? ['', ...titleLines(given, (title, some) => words.free(title, countOf(some)))]
      : []),
  ]
  return {
    title: (message.kind === 'digest' ? words.digest : words.many)(count, sumsOf(priced)),
    text: lines.join('\n').trim(),
    link: absolute(shop.config, message.kind === 'digest' ? paths.figures(1) : paths.deskOrders),
  }
}

const countOf = (sold: readonly ToldSales[]) => sold.reduce((sum, { sales }) => sum + sales, 0)

/** A sum a currency. */
function sumsOf(sold: readonly ToldSales[]): string {
  const sums = new Map<Currency, number>()
  for (const { currency, amount } of sold) sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums].map(([currency, amount]) => money(amount, currency, 'fr')).join(' + ')
}

const grouped = (sold: readonly ToldSales[], by: (one: ToldSales) => string) => {
  const groups = new Map<string, ToldSales[]>()
  for (const one of sold) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return [...groups]
}

function titleLines(
  sold: readonly ToldSales[],
  line: (title: string, sold: readonly ToldSales[]) => string,
): string[] {
  const titles = grouped(sold, ({ title }) => title)
  const more = titles.length - TITLES_TOLD
  return [
    ...titles.slice(0, TITLES_TOLD).map(([title, some]) => line(title, some)),
    ...(more > 0 ? [words.more(more)] : []),
  ]
}

const meansLine = (sold: readonly ToldSales[]) =>
  grouped(sold, meansOfSale)
    .map(([name, some]) => `${name} ${countOf(some)}`)
    .join(', ')

function meansOfSale({ provider, operator, saidMeans }: ToldSales): string {
  if (provider === 'hand') return words.byHand
  const known = meansOf(operator || saidMeans || '')
  const name = known ? meansName(known) : operator
  if (!name) return words.unknownMeans
  return operator ? name : words.said(name)
}
