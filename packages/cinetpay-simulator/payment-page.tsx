import { methodOf, OPERATORS, operatorsFor } from './codes.ts'
import { FAULT_PARTS, FAULTS } from './faults.ts'
import { Amount, Frame, type PaymentProps, Reason } from './frame.tsx'
import { V1_DEEDS } from './v1/codes.ts'
import { WayBack } from './way-back.tsx'

const OTHER_DEEDS = [
  ['balance', 'Solde insuffisant'],
  ['code', 'Code erroné'],
  ['fail', 'Échec de l’opérateur'],
  ['cancel', 'Annuler'],
  ['wait', 'Laisser en attente'],
  ['later', 'Accepter plus tard'],
] as const

/** The hosted page. It stays usable after a refusal, as the original does. */
export function PaymentPage({ url, transaction, problem }: PaymentProps & { problem?: string }) {
  const hasBegun = transaction.state === 'REFUSED' || transaction.paymentMethod !== ''
  return (
    <Frame url={url} title="Payer">
      <h1>Paiement à simuler</h1>
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
          Numéro de téléphone (facultatif)
        </label>
        <input
          id="phone"
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          value={transaction.phone}
        />
        <button class="go" name="deed" value="accept">
          {transaction.state === 'REFUSED' ? 'Réessayer' : 'Payer'}
        </button>
        <div class="others">
          {OTHER_DEEDS.map(([deed, label]) => (
            <button name="deed" value={deed}>
              {label}
            </button>
          ))}
        </div>
        <p class="soft small">
          « Accepter plus tard » : le paiement est accepté après 20 secondes.
        </p>
        {transaction.v1 ? <MoreOutcomes /> : null}
        <FaultMenu chosen={transaction.fault} />
      </form>
      {hasBegun ? <WayBack transaction={transaction} /> : null}
    </Frame>
  )
}

/** What only the newer API has a code for. */
function MoreOutcomes() {
  return (
    <details>
      <summary>Autres issues</summary>
      <div class="others">
        {Object.entries(V1_DEEDS).map(([deed, { label }]) => (
          <button name="deed" value={deed}>
            {label}
          </button>
        ))}
      </div>
    </details>
  )
}

function PresentState({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { state, acceptAt } = transaction
  if (state === 'REFUSED')
    return (
      <>
        <Reason transaction={transaction} />
        <p>Le client peut réessayer sur cette page.</p>
      </>
    )
  if (acceptAt !== '')
    return <p class="notice">Acceptation promise pour {acceptAt.slice(11, 19)} (heure UTC).</p>
  return null
}

function Operators({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { currency, paymentMethod } = transaction
  const operators = operatorsFor(currency)
  const chosen = operators.find((name) => methodOf(name, currency) === paymentMethod) ?? 'OM'
  return (
    <fieldset>
      <legend>Opérateur</legend>
      {operators.map((name) => (
        <label class="choice">
          <input type="radio" name="operator" value={name} checked={name === chosen} />
          {OPERATORS[name].label}
        </label>
      ))}
    </fieldset>
  )
}

function FaultMenu({ chosen }: { chosen: string }) {
  const parts = Object.entries(FAULT_PARTS)
  return (
    <details open={chosen !== ''}>
      <summary>Pannes à essayer</summary>
      <label class="label" for="fault">
        Panne de ce paiement
      </label>
      <select id="fault" name="fault">
        <option value="">Aucune</option>
        {parts.map(([part, label]) => (
          <optgroup label={label}>
            {FAULTS.filter((fault) => fault.part === part).map(({ id, label }) => (
              <option value={id} selected={id === chosen}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </details>
  )
}
