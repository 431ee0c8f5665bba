import { lookUp } from '../lib/look-up.ts'
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
  const { code, message } = transaction
  return (
    <p class="notice bad">
      {lookUp(REASONS, code)} : {message} ({code})
    </p>
  )
}

/** The way that CinetPay sends the browser back, unless the fault of this payment says otherwise. */
export function WayBack({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { fault, returnUrl, transactionId, token } = transaction
  if (fault === 'no-return')
    return <p class="notice">Panne choisie : le navigateur ne revient pas à la boutique.</p>
  if (fault === 'get-return')
    return (
      <a class="button" href={returnAddress(transaction)}>
        Retourner à la boutique
      </a>
    )
  return (
    <form id="return" method="post" action={returnUrl}>
      <input type="hidden" name="transaction_id" value={transactionId} />
      <input type="hidden" name="token" value={token} />
      <button>Retourner à la boutique</button>
    </form>
  )
}

/** The return by GET: the same names, in the query. */
export function returnAddress(transaction: SimulatedTransaction): string {
  const address = new URL(transaction.returnUrl)
  address.searchParams.set('transaction_id', transaction.transactionId)
  address.searchParams.set('token', transaction.token)
  return address.href
}
