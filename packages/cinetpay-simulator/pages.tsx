import { FAULTS } from './faults.ts'
import { Amount, Frame, type PaymentProps, Reason } from './frame.tsx'
import { WayBack } from './way-back.tsx'
import { spoken, wordsOf } from './words.ts'
import type { Spoken } from './words.ts'

/** Sends the browser back to the shop: automatically, or by the button without a script. */
export function ReturnPage({ url, transaction }: PaymentProps) {
  const language = spoken(transaction.language)
  const words = wordsOf(language).back
  return (
    <Frame url={url} title={words.title} language={language} returnsAlone>
      <h1>{words.heading}</h1>
      <Amount transaction={transaction} />
      <WayBack transaction={transaction} />
    </Frame>
  )
}

export function NoReturnPage({ url, transaction }: PaymentProps) {
  const language = spoken(transaction.language)
  const words = wordsOf(language).closed
  return (
    <Frame url={url} title={words.title} language={language}>
      <h1>{words.heading}</h1>
      <Amount transaction={transaction} />
      <WayBack transaction={transaction} />
      <p>
        <a href={`${url}/payment/${transaction.token}`}>{words.page}</a>
      </p>
    </Frame>
  )
}

export function RefusedPage({ url, transaction }: PaymentProps) {
  const language = spoken(transaction.language)
  const words = wordsOf(language)
  return (
    <Frame url={url} title={words.refused} language={language}>
      <h1>{words.refused}</h1>
      <Amount transaction={transaction} />
      <Reason transaction={transaction} />
      <a class="button go" href={`${url}/payment/${transaction.token}`}>
        {words.pay.again}
      </a>
      <WayBack transaction={transaction} />
    </Frame>
  )
}

export function PaidPage({ url, transaction }: PaymentProps) {
  const fault = FAULTS.find(({ id }) => id === transaction.fault)
  const language = spoken(transaction.language)
  const words = wordsOf(language).paid
  return (
    <Frame url={url} title={words.title} language={language}>
      <h1>{words.title}</h1>
      <Amount transaction={transaction} />
      <p class="notice">{words.text}</p>
      <WayBack transaction={transaction} />
      {fault ? (
        <form method="post" action={`${url}/payment/${transaction.token}`}>
          <p>{words.fault(fault.label[language])}</p>
          <button name="deed" value="mend">
            {words.mend}
          </button>
        </form>
      ) : null}
    </Frame>
  )
}

export function MissingPage({ url, language }: { url: string; language: Spoken }) {
  const words = wordsOf(language).missing
  return (
    <Frame url={url} title={words.title} language={language}>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>
        <a href={url}>{words.about}</a>
      </p>
    </Frame>
  )
}
