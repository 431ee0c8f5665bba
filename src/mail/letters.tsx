import type { ClaimedMessage, MessageOrder } from '../data/outbox.ts'
import { orderKey } from '../delivery/keys.ts'
import { spellCode } from '../lib/crockford.ts'
import type { Settings } from '../settings.ts'
import type { Shop } from '../shop.ts'
import { absolute, paths } from '../urls.ts'
import { fillIn, messageText } from '../words/messages.ts'
import { money } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Letter } from './mail.ts'
import { alertWords, caseWithoutOrder } from './words.ts'

/**
 * Writes a message to the buyer, in his language, or to the seller, in French; undefined when there
 * is nobody to write to, or nothing to say any more.
 */
export async function writeLetter(
  shop: Shop,
  { key, kind, order }: ClaimedMessage,
  settings: Pick<Settings, 'shop' | 'texts'>,
): Promise<Letter | undefined> {
  const body =
    kind === 'receipt'
      ? order && (await writeReceipt(shop, order, settings))
      : writeAlert(shop, kind, order, settings.shop.email)
  return body && { key, ...body }
}

type Body = Omit<Letter, 'key'>

async function writeReceipt(
  { config }: Shop,
  order: MessageOrder,
  settings: Pick<Settings, 'shop' | 'texts'>,
): Promise<Body | undefined> {
  const { email, language, status, code } = order
  if (!email || status !== 'paid') return undefined
  const link = absolute(config, paths.order(await orderKey(config.appSecret, order)))
  const values = { nom: order.buyerName, livre: order.bookTitle, code: spellCode(code), lien: link }
  const fill = (text: 'emailSubject' | 'emailBody') =>
    fillIn(messageText(settings.texts, text, language), values)
  return {
    to: email,
    replyTo: settings.shop.email || undefined,
    subject: oneLine(fill('emailSubject')),
    ...bodies(fill('emailBody'), link, language),
  }
}

function writeAlert(
  { config }: Shop,
  kind: keyof typeof alertWords,
  order: MessageOrder | undefined,
  to: string,
): Body | undefined {
  if (!to) return undefined
  const path = order ? paths.deskOrder(order.code) : `${paths.toLookAt}#cases`
  const link = absolute(config, path)
  const words = order ? alertWords[kind] : caseWithoutOrder
  const code = order ? spellCode(order.code) : ''
  const text = words.text(code, order ? money(order.amount, order.currency, 'fr') : '')
  const subject = oneLine(words.subject(code))
  return { to, replyTo: undefined, subject, ...bodies(`${text}\n\n${link}`, link, 'fr') }
}

/** A header is one line, whatever somebody called himself or his book. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The same words twice: as they are, and as HTML where the link can be tapped. */
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
