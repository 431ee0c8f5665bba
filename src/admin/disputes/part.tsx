import type { Case } from '../../data/orders/disputes.ts'
import { claimWords } from '../../storefront/disputes/words.ts'
import { spellPhone } from '../../lib/phone.ts'
import { paths, whatsappAddress } from '../../links/addresses.ts'
import { tie } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { DrawnFields, Refused } from '../deeds/fields.tsx'
import { reasonField } from '../orders/fields.tsx'
import { orderWords } from '../orders/words.ts'
import { moment } from '../moments.ts'
import { caseWords } from './words.ts'

/** A claim with all that a seller needs to answer it. */
export type CasePartProps = {
  claim: Case
  /** The text for CinetPay's support; undefined where no payment is known. */
  letter?: { subject: string; body: string } | undefined
  /** The answer to the buyer, ready. */
  answer: string
  /** A reason that was not taken. */
  refused?: Shown<never> | undefined
  language: Language
}

export function CasePart(props: CasePartProps) {
  const { claim, language } = props
  const words = caseWords(language)
  return (
    <>
      {!claim.proved && <p class="note warn">{words.unproved}</p>}
      <Told claim={claim} language={language} />
      {claim.closedAt ? (
        <>
          <Refused errors={{}} clash={props.refused?.clash} language={language} />
          <p>{words.closed(claim.closedBy ?? '', moment(claim.closedAt, language))}</p>
          {claim.closeReason && <blockquote>{claim.closeReason}</blockquote>}
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

function Told({ claim, language }: Pick<CasePartProps, 'claim' | 'language'>) {
  const words = caseWords(language)
  const { amount, currency } = claim
  return (
    <dl>
      <dt>{words.amount}</dt>
      <dd>{currency ? money(amount, currency, language) : String(amount)}</dd>
      <dt>{words.operator}</dt>
      <dd>{claimWords(language).operators[claim.operator]}</dd>
      <dt>{words.reference}</dt>
      <dd>{claim.reference || <span class="soft">{words.none}</span>}</dd>
      <dt>{words.phone}</dt>
      <dd>{spellPhone(claim.phoneE164) || <span class="soft">{words.erased}</span>}</dd>
      {claim.message && (
        <>
          <dt>{words.message}</dt>
          <dd>{claim.message}</dd>
        </>
      )}
      <dt>{words.at}</dt>
      <dd>{moment(claim.openedAt, language)}</dd>
    </dl>
  )
}

function Answer({ claim, answer, language }: CasePartProps) {
  const words = caseWords(language)
  return (
    <div class="even">
      {claim.orderCode && (
        <form method="post" action={paths.deskDeed(claim.orderCode, 'verifier')}>
          <button class="small-button">{words.recheck}</button>
        </form>
      )}
      {claim.phoneE164 && (
        <a
          class="button quiet small-button"
          href={whatsappAddress(claim.phoneE164, answer)}
          target="_blank"
          rel="noopener"
        >
          {words.whatsapp}
        </a>
      )}
    </div>
  )
}

function Letter({ claim, letter, language }: CasePartProps) {
  const words = caseWords(language)
  if (!letter || !claim.orderCode) return null
  const name = `texte-${claim.id}`
  const query = `subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.body)}`
  return (
    <>
      <p>
        <a class="target" href={paths.deskProof(claim.orderCode)} download>
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
        <a class="button quiet small-button" href={`mailto:?${query}`}>
          {words.mail}
        </a>
      </details>
    </>
  )
}

function CloseForm({ claim, refused, language }: CasePartProps) {
  const words = caseWords(language)
  const shown = refused ?? { typed: {}, errors: {} }
  return (
    <details open={refused !== undefined}>
      <summary>{words.close}</summary>
      <form method="post" action={paths.closeCase(claim.id)} novalidate>
        <Refused {...shown} language={language} />
        <p class="soft small">{words.closeHint}</p>
        <DrawnFields fields={{ reason: reasonField(orderWords(language)) }} {...shown} />
        <button class="small-button">{words.close}</button>
      </form>
    </details>
  )
}
