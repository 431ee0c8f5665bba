import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { whatsappAddress } from '../../links/addresses.ts'
import { fillIn, messageText } from '../../words/messages.ts'
import type { Message } from '../../words/messages.ts'
import { orderWords } from './words.ts'

/** Messages to a buyer, ready to be sent from the seller's own phone. */
export type Messages = {
  /** Opens WhatsApp with the text written. */
  whatsapp: string
  /** Opens the mail program; undefined without an address. */
  mail: string | undefined
}

/**
 * The texts of the settings assume that the book is there, so they are used for paid orders only;
 * others get a neutral one. Written in the buyer's language, which may differ from the desk's.
 */
export function messagesFor(order: DeskOrder, link: string, texts: Settings['texts']): Messages {
  const { other, subject: otherSubject } = orderWords(order.language).messages
  const write = (message: Message, neutral: string) =>
    fillIn(order.status === 'paid' ? messageText(texts, message, order.language) : neutral, {
      nom: order.buyerName,
      livre: order.bookTitle,
      code: spellCode(order.code),
      lien: link,
    })
  const text = write('whatsapp', other)
  const subject = write('emailSubject', otherSubject)
  const body = write('emailBody', other)
  return {
    whatsapp: whatsappAddress(order.phoneE164, text),
    mail: order.email
      ? `mailto:${encodeURIComponent(order.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
      : undefined,
  }
}
