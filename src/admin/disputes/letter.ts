import type { Case } from '../../data/orders/disputes.ts'
import type { DeskNotice, DeskPayment } from '../../data/orders/desk-order.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { claimWords } from '../../storefront/disputes/words.ts'
import { moment } from '../moments.ts'
import { caseWords } from './words.ts'

/** Payments that CinetPay knows of; newest first. */
export const isAsked = ({ provider }: Pick<DeskPayment, 'provider'>) =>
  provider !== 'hand' && provider !== 'free'

type LetterFacts = {
  claim: Case
  payments: DeskPayment[]
  notices: DeskNotice[]
  /** The number of the shop at CinetPay, where its keys have one. */
  siteId: string | undefined
}

/** The text for CinetPay's support: everything that they need to find the payment, and no more. */
export function letter({ claim, payments, notices, siteId }: LetterFacts, language: Language) {
  const words = caseWords(language)
  const { letter: text } = words
  const asked = payments.filter(isAsked)
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
    ...line(text.debited, `${claim.amount} ${claim.currency ?? ''}`.trim()),
    ...line(words.phone, claim.phoneE164),
    ...line(words.operator, claimWords(language).operators[claim.operator]),
    ...line(words.reference, claim.reference),
    ...about,
    '',
    text.thanks,
  ].join('\n')
  return { subject: text.subject(asked[0]?.transactionId ?? ''), body }
}
