import type { Dispute } from '../../data/orders/disputes.ts'
import type { DeskNotice, DeskPayment } from '../../data/orders/desk-order.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { claimWords } from '../../storefront/disputes/words.ts'
import { moment } from '../../words/moments.ts'
import { wentThroughProvider } from '../orders/operators.ts'
import { disputeWords } from './words.ts'

type LetterFacts = {
  dispute: Dispute
  payments: DeskPayment[]
  notices: DeskNotice[]
  /** The shop's site id at CinetPay, where its keys have one. */
  siteId: string | undefined
}

/** The text for CinetPay's support: everything they need to find the payment, and no more. */
export function letter({ dispute, payments, notices, siteId }: LetterFacts, language: Language) {
  const words = disputeWords(language)
  const { letter: text } = words
  // Newest first.
  const asked = payments.filter(wentThroughProvider)
  const line = (name: string, value: string | null | undefined) =>
    value ? [`${name} : ${value}`] : []
  const about = asked.flatMap((payment) => {
    const last = notices.findLast(
      ({ kind, paymentId }) => kind === 'check' && paymentId === payment.id,
    )
    const { code = '', message = '', status = '' } = last?.record ?? {}
    const said =
      last &&
      `${[code, message, status].filter(Boolean).join(' ')} (${moment(last.lastAt, language)} UTC)`
    return [
      '',
      ...line(text.transaction, payment.transactionId),
      ...line(text.asked, money(payment.amount, payment.currency, language)),
      ...line(text.made, `${moment(payment.createdAt, language)} UTC`),
      ...line(text.said, said),
    ]
  })
  const body = [
    text.hello,
    '',
    text.text,
    '',
    ...line(text.site, siteId),
    ...line(text.debited, `${dispute.amount} ${dispute.currency ?? ''}`.trim()),
    ...line(words.phone, dispute.phoneE164),
    ...line(words.operator, claimWords(language).operators[dispute.operator]),
    ...line(words.reference, dispute.reference),
    ...about,
    '',
    text.thanks,
  ].join('\n')
  return { subject: text.subject(asked[0]?.transactionId ?? ''), body }
}
