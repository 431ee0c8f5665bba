import { lookUp } from '../../src/lib/look-up.ts'
import type { PropsWithChildren } from 'hono/jsx'
import type { SimulatedTransaction } from './ledger.ts'

/** `url` is where the simulator is reached, with its path prefix. */
export type PaymentProps = { url: string; transaction: SimulatedTransaction }

export function Frame(
  props: PropsWithChildren<{
    url: string
    title: string
    returnsAlone?: boolean
    isWide?: boolean
  }>,
) {
  const { url, title } = props
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Simulateur CinetPay`}</title>
        <link rel="stylesheet" href={`${url}/style.css`} />
        {props.returnsAlone ? <script src={`${url}/return.js`} defer></script> : null}
      </head>
      <body>
        <p class="banner">Simulateur CinetPay — aucun argent ne circule</p>
        <main class={props.isWide ? 'wide' : ''}>{props.children}</main>
      </body>
    </html>
  )
}

export function Amount({ transaction }: Pick<PaymentProps, 'transaction'>) {
  return (
    <>
      <p class="amount">
        {transaction.amount.toLocaleString('fr-FR')} {transaction.currency}
      </p>
      <p>{transaction.description}</p>
      <p class="soft small">
        Transaction <code>{transaction.transactionId}</code>
      </p>
    </>
  )
}

const REASONS: Record<string, string> = {
  '600': 'L’opérateur a refusé',
  '602': 'Le solde est insuffisant',
  '604': 'Le code est erroné',
  '627': 'Le client a annulé',
}

export function Reason({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { code, message, v1 } = transaction
  // The newer API has reasons of its own, and their words.
  const told = v1?.refusal ?? { code, status: message }
  return (
    <p class="notice bad">
      {lookUp(REASONS, code)} : {told.status} ({told.code})
    </p>
  )
}
