import { methodOf, OPERATORS, operatorsFor } from './codes.ts'
import { FAULT_PARTS, FAULTS } from './faults.ts'
import { Amount, Frame, type PaymentProps, Reason } from './frame.tsx'
import { V1_DEEDS } from './v1/codes.ts'
import { WayBack } from './way-back.tsx'
import { spoken, wordsOf } from './words.ts'
import type { Spoken } from './words.ts'

const OTHER_DEEDS = ['balance', 'code', 'fail', 'cancel', 'wait', 'later'] as const

/** The hosted page. It stays usable after a refusal, as the original does. */
export function PaymentPage({ url, transaction, problem }: PaymentProps & { problem?: string }) {
  const hasBegun = transaction.state === 'REFUSED' || transaction.paymentMethod !== ''
  const language = spoken(transaction.language)
  const { pay, deeds } = wordsOf(language)
  return (
    <Frame url={url} title={pay.title} language={language}>
      <h1>{pay.heading}</h1>
      <Amount transaction={transaction} />
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <PresentState transaction={transaction} />
      <form method="post" action={`${url}/payment/${transaction.token}`}>
        <Operators transaction={transaction} />
        <label class="label" for="phone">
          {pay.phone}
        </label>
        <input
          id="phone"
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          value={transaction.phone}
        />
        <FaultMenu chosen={transaction.fault} language={language} />
        <button class="go" name="deed" value="accept">
          {transaction.state === 'REFUSED' ? pay.again : pay.go}
        </button>
        <div class="others">
          {OTHER_DEEDS.map((deed) => (
            <button name="deed" value={deed}>
              {deeds[deed]}
            </button>
          ))}
        </div>
        <p class="soft small">{pay.later}</p>
        {transaction.v1 ? <MoreOutcomes language={language} /> : null}
      </form>
      {hasBegun ? <WayBack transaction={transaction} /> : null}
    </Frame>
  )
}

/** Outcomes that only the newer API has codes for. */
function MoreOutcomes({ language }: { language: Spoken }) {
  return (
    <details>
      <summary>{wordsOf(language).pay.more}</summary>
      <div class="others">
        {Object.entries(V1_DEEDS).map(([deed, { label }]) => (
          <button name="deed" value={deed}>
            {label[language]}
          </button>
        ))}
      </div>
    </details>
  )
}

function PresentState({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { state, acceptAt, language } = transaction
  const words = wordsOf(spoken(language)).pay
  if (state === 'REFUSED')
    return (
      <>
        <Reason transaction={transaction} />
        <p>{words.mayTryAgain}</p>
      </>
    )
  if (acceptAt !== '') return <p class="notice">{words.promised(acceptAt.slice(11, 19))}</p>
  return null
}

function Operators({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { currency, paymentMethod } = transaction
  const operators = operatorsFor(currency)
  const chosen = operators.find((name) => methodOf(name, currency) === paymentMethod) ?? 'OM'
  return (
    <fieldset>
      <legend>{wordsOf(spoken(transaction.language)).pay.operator}</legend>
      {operators.map((name) => (
        <label class="choice">
          <input type="radio" name="operator" value={name} checked={name === chosen} />
          {OPERATORS[name].label}
        </label>
      ))}
    </fieldset>
  )
}

function FaultMenu({ chosen, language }: { chosen: string; language: Spoken }) {
  const words = wordsOf(language).pay
  const parts = Object.entries(FAULT_PARTS)
  return (
    <details open={chosen !== ''}>
      <summary>{words.faults}</summary>
      <label class="label" for="fault">
        {words.fault}
      </label>
      <select id="fault" name="fault">
        <option value="">{words.none}</option>
        {parts.map(([part, label]) => (
          <optgroup label={label[language]}>
            {FAULTS.filter((fault) => fault.part === part).map(({ id, label }) => (
              <option value={id} selected={id === chosen}>
                {label[language]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </details>
  )
}
