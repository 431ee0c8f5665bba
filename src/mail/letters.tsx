import { findOutage } from '../data/orders/outages.ts'
import type { Alert, MessageKind, SalesMessage } from '../data/messages/outbox.ts'
import type { ClaimedMessage } from '../data/messages/sending.ts'
import { isOrderQuiet } from '../data/people/quiet.ts'
import { booksKey, orderKey } from '../links/keys.ts'
import { quietKey } from '../links/quiet.ts'
import { spellCode } from '../lib/crockford.ts'
import type { Settings } from '../config/settings.ts'
import type { Shop } from '../contracts/shop.ts'
import { absolute, paths, pathsIn } from '../links/addresses.ts'
import { fillIn, messageText } from '../words/messages.ts'
import { money } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Letter } from '../contracts/mail.ts'
import type { Note } from './push.ts'
import { salesNote } from './sales.ts'
import { alertWords, buyerWords, damagedWords, denialWords, disputeWithoutOrder } from './words.ts'
import { DAY_MS } from '../lib/time.ts'

type Written = Pick<Settings, 'shop' | 'texts'>

/**
 * Writes a message to the buyer, in their language, or to the seller, in French; undefined when
 * there is no recipient, or nothing left to say.
 */
export async function writeLetter(
  shop: Shop,
  message: ClaimedMessage,
  settings: Written,
): Promise<Letter | undefined> {
  const body = isForSeller(message.kind)
    ? await alertLetter(shop, message, settings.shop.email)
    : await writeToBuyer(shop, message, settings)
  return body && { key: message.key, ...body }
}

/**
 * The same alert as a note for the seller's phone. It names no buyer, since it travels through
 * other people's services.
 */
export async function writeNote(
  shop: Shop,
  { id, kind, order, file }: ClaimedMessage,
): Promise<Note | undefined> {
  const { config } = shop
  if (!isForSeller(kind)) return undefined
  if (kind === 'sale' || kind === 'digest') return salesNote(shop, { id, kind })
  if (kind === 'address' || kind === 'keys') {
    const outage = await findOutage(shop.sql, shop.provider.name)
    const link = absolute(config, paths.cinetpay)
    // If this was resolved in the meantime, it is no news; by now it may be a different denial.
    if (!outage?.denial) return undefined
    const { subject, text } = denialWords[outage.denial]
    return { title: oneLine(subject), text: text(outage.seenAs), link }
  }
  if (kind === 'damaged') {
    const link = absolute(config, `${paths.toLookAt}#abimes`)
    const { subject, text } = damagedWords
    return file && { title: oneLine(subject(file.bookTitle)), text: text(file), link }
  }
  const path = order ? paths.deskOrder(order.code) : `${paths.toLookAt}#cases`
  const words = order ? alertWords[kind] : disputeWithoutOrder
  const code = order ? spellCode(order.code) : ''
  const text = words.text(code, order ? money(order.amount, order.currency, 'fr') : '')
  return { title: oneLine(words.subject(code)), text, link: absolute(config, path) }
}

const isForSeller = (kind: MessageKind): kind is Alert | SalesMessage =>
  kind !== 'receipt' && kind !== 'edition' && kind !== 'back' && kind !== 'books'

type Body = Omit<Letter, 'key'>

async function alertLetter(
  shop: Shop,
  message: ClaimedMessage,
  to: string,
): Promise<Body | undefined> {
  const note = to ? await writeNote(shop, message) : undefined
  if (!note) return undefined
  const { title: subject, text, link } = note
  return { to, replyTo: undefined, subject, ...bodies(`${text}\n\n${link}`, link, 'fr') }
}

async function writeToBuyer(
  shop: Shop,
  { kind, order, file }: ClaimedMessage,
  settings: Written,
): Promise<Body | undefined> {
  if (!order?.email || order.status !== 'paid' || file?.isWithdrawn) return undefined
  const { config } = shop
  // An announcement that its buyer did not ask for; letters about purchases are sent all the same.
  if (kind === 'edition') {
    const isQuiet = await isOrderQuiet(shop.sql, await quietKey(config.appSecret), order.code)
    if (isQuiet) return undefined
  }
  const { email, language, code } = order
  const path =
    kind === 'books'
      ? pathsIn(language).mailedBooks(await booksKey(config.appSecret, order, booksEnd(shop)))
      : paths.order(await orderKey(config.appSecret, order))
  const link = absolute(config, path)
  const livre = file?.bookTitle ?? order.bookTitle
  const values = { nom: order.buyerName, livre, code: spellCode(code), lien: link }
  const [subject, body] =
    kind !== 'receipt' && !isForSeller(kind)
      ? buyerWords(language)[kind]
      : [
          messageText(settings.texts, 'emailSubject', language),
          messageText(settings.texts, 'emailBody', language),
        ]
  return {
    to: email,
    replyTo: settings.shop.email || undefined,
    subject: oneLine(fillIn(subject, values)),
    ...bodies(fillIn(body, values), link, language),
  }
}

/** How long the link to the list of all books works. */
const BOOKS_LIFE_MS = 2 * DAY_MS
const booksEnd = (shop: Shop) => new Date(shop.now().getTime() + BOOKS_LIFE_MS)

/** A header is one line, whatever somebody's name or a title contains. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The same words twice: as plain text, and as HTML with a link to tap. */
function bodies(text: string, link: string, language: Language) {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => paragraph.split('\n'))
  const html = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
      </head>
      <body>
        {paragraphs.map((lines) => (
          <p>
            {lines.map((line, place) => (
              <>
                {place > 0 && <br />}
                <Line text={line} link={link} />
              </>
            ))}
          </p>
        ))}
      </body>
    </html>
  )
  return { text, html: `<!doctype html>${html.toString()}` }
}

function Line({ text, link }: { text: string; link: string }) {
  const [before = '', ...rest] = text.split(link)
  if (rest.length === 0) return <>{text}</>
  return (
    <>
      {before}
      <a href={link}>{link}</a>
      {rest.join(link)}
    </>
  )
}
