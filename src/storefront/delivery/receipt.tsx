import type { Order } from '../../data/orders/orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { date } from '../../words/moments.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

export type ReceiptProps = {
  order: Order
  /** Absolute addresses: it is read outside the shop. */
  link: string
  find: string
  shop: Settings['shop']
  language: Language
}

/** The same as plain text, to copy into a note or a message. */
export function receiptText(props: ReceiptProps): string {
  return linesOf(props)
    .map(([name, value]) => `${name} : ${value}`)
    .join('\n')
}

/**
 * A receipt to keep on the phone: one file that asks for nothing, opens without a network, and says
 * how the book is found again. It names the book and the order, and nobody.
 */
export function receiptFile(props: ReceiptProps): string {
  const { order, language } = props
  const words = wordsIn(language).order.receipt
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>{words.title(spellCode(order.code))}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{words.title(spellCode(order.code))}</h1>
        <dl>
          {linesOf(props).map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{/^https?:/.test(value) ? <a href={value}>{value}</a> : value}</dd>
            </>
          ))}
        </dl>
        <p>{words.how}</p>
      </body>
    </html>
  )
  return `<!doctype html>${page.toString()}`
}

const STYLE =
  'body{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:1.5rem auto;padding:0 1rem;overflow-wrap:anywhere}dt{color:#555}dd{margin:0 0 .8rem;font-weight:600}'

function linesOf({ order, link, find, shop, language }: ReceiptProps): [string, string][] {
  const words = wordsIn(language)
  const { receipt } = words.order
  const contact = shop.whatsapp || shop.email
  return [
    [receipt.book, order.bookTitle],
    [receipt.code, spellCode(order.code)],
    [
      receipt.amount,
      order.amount === 0 ? words.book.free : money(order.amount, order.currency, language),
    ],
    ...(order.simulated ? [[receipt.payment, receipt.trial] as [string, string]] : []),
    [receipt.day, date(order.createdAt, language)],
    [receipt.shop, contact ? `${shop.name}, ${contact}` : shop.name],
    [receipt.link, link],
    [receipt.find, find],
  ]
}
