import { lookUp } from '../../src/lib/look-up.ts'
import type { PropsWithChildren } from 'hono/jsx'
import type { SimulatedTransaction } from './ledger.ts'
import { spoken, wordsOf } from './words.ts'
import type { Spoken } from './words.ts'

/** `url` is where the simulator is reached, with its path prefix. */
export type PaymentProps = { url: string; transaction: SimulatedTransaction }

export function Frame(
  props: PropsWithChildren<{
    url: string
    title: string
    language: Spoken
    returnsAlone?: boolean
    isWide?: boolean
  }>,
) {
  const { url, title, language } = props
  const words = wordsOf(language)
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${words.name}`}</title>
        <link rel="stylesheet" href={`${url}/style.css`} />
        {props.returnsAlone ? <script src={`${url}/return.js`} defer></script> : null}
      </head>
      <body>
        <header class="banner">{words.banner}</header>
        <main class={props.isWide ? 'wide' : ''}>{props.children}</main>
      </body>
    </html>
  )
}

export function Amount({ transaction }: Pick<PaymentProps, 'transaction'>) {
  return (
    <>
      <p class="amount">
        {transaction.amount.toLocaleString(transaction.language === 'en' ? 'en' : 'fr-FR')}{' '}
        {transaction.currency}
      </p>
      <p>{transaction.description}</p>
      <p class="soft small">
        Transaction <code>{transaction.transactionId}</code>
      </p>
    </>
  )
}

export function Reason({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const { code, message, v1, language } = transaction
  // The newer API has reasons of its own, and their words.
  const told = v1?.refusal ?? { code, status: message }
  return (
    <p class="notice bad">
      {lookUp(wordsOf(spoken(language)).reasons, code)}
      {language === 'en' ? ':' : '\u00a0:'} {told.status} ({told.code})
    </p>
  )
}
