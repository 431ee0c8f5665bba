import type { Dispute } from '../../data/orders/disputes.ts'
import { claimWords } from '../../storefront/disputes/words.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths, whatsappAddress } from '../../links/addresses.ts'
import { tie } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { DrawnFields, Refused } from '../deeds/fields.tsx'
import { reasonField } from '../orders/fields.tsx'
import { orderWords } from '../orders/words.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { Facts, PostButton } from '../parts.tsx'
import { disputeWords } from './words.ts'

/** A dispute, with everything a seller needs to answer it. */
export type DisputePartProps = {
  dispute: Dispute
  /** The text for CinetPay's support; undefined where no payment is known. */
  letter?: { subject: string; body: string } | undefined
  /** The prepared answer to the buyer. */
  answer: string
  /** CinetPay can still say something new about it. */
  canCheck?: boolean
  /** It is shown on a page of its own, and asked about from there. */
  isAlone?: boolean
  /** The form that closes it, where its reason was refused. */
  refused?: Shown<never> | undefined
  language: Language
}

export function DisputePart(props: DisputePartProps) {
  const { dispute, language } = props
  const words = disputeWords(language)
  return (
    <>
      {!dispute.proved && <p class="note warn">{words.unproved}</p>}
      {dispute.isTwice && <p class="note">{words.twice}</p>}
      <Told dispute={dispute} language={language} />
      {dispute.closedAt ? (
        <>
          <Refused errors={{}} clash={props.refused?.clash} language={language} />
          <p>{words.closed(dispute.closedBy ?? '', moment(dispute.closedAt, language))}</p>
          {dispute.closeReason && <blockquote>{dispute.closeReason}</blockquote>}
        </>
      ) : (
        <>
          <Answer {...props} />
          <Letter {...props} />
          <CloseForm {...props} />
        </>
      )}
    </>
  )
}

function Told({ dispute, language }: Pick<DisputePartProps, 'dispute' | 'language'>) {
  const words = disputeWords(language)
  const { amount, currency } = dispute
  return (
    <Facts
      facts={[
        [words.amount, currency ? money(amount, currency, language) : String(amount)],
        [words.operator, claimWords(language).operators[dispute.operator]],
        [words.reference, dispute.reference || <span class="soft">{words.none}</span>],
        [words.phone, spellPhone(dispute.phoneE164) || <span class="soft">{words.erased}</span>],
        [words.message, dispute.message],
        [words.at, moment(dispute.openedAt, language)],
      ]}
    />
  )
}

function Answer({ dispute, answer, canCheck, isAlone, language }: DisputePartProps) {
  const words = disputeWords(language)
  return (
    <div class="even">
      {canCheck && dispute.orderCode && (
        <PostButton
          small
          to={paths.deskDeed(dispute.orderCode, 'verifier')}
          label={words.recheck}
          {...(isAlone && { fields: { dispute: String(dispute.id) } })}
        />
      )}
      {dispute.phoneE164 && (
        <ButtonLink
          quiet
          small
          to={whatsappAddress(dispute.phoneE164, answer)}
          label={words.whatsapp}
          isOutside
        />
      )}
    </div>
  )
}

function Letter({ dispute, letter, language }: DisputePartProps) {
  const words = disputeWords(language)
  if (!letter || !dispute.orderCode) return null
  const name = `texte-${dispute.id}`
  const query = `subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.body)}`
  return (
    <>
      <p>
        <a class="target" href={paths.deskProof(dispute.orderCode)} download>
          {words.proof}
        </a>
        <br />
        <span class="soft small">{words.proofHint}</span>
      </p>
      <details>
        <summary>{words.support}</summary>
        <div class="field copy">
          <label for={name}>{words.text}</label>
          <p class="hint" id={`${name}-hint`}>
            {words.supportHint}
          </p>
          <textarea
            {...tie({ name, hint: words.supportHint })}
            readonly
            rows={12}
            data-copy={words.copy}
            data-copied={words.copied}
          >
            {letter.body}
          </textarea>
        </div>
        <ButtonLink quiet small to={`mailto:?${query}`} label={words.mail} />
      </details>
    </>
  )
}

function CloseForm({ dispute, refused, language }: DisputePartProps) {
  const words = disputeWords(language)
  const shown = refused ?? { typed: {}, errors: {} }
  return (
    <details open={refused !== undefined}>
      <summary>{words.close}</summary>
      <form method="post" action={paths.closeDispute(dispute.id)} novalidate>
        <Refused {...shown} language={language} />
        <p class="soft small">{words.closeHint}</p>
        <DrawnFields fields={{ reason: reasonField(orderWords(language)) }} {...shown} />
        <button class="small-button">{words.close}</button>
      </form>
    </details>
  )
}
