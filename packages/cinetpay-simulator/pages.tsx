import { FAULTS } from './faults.ts'
import { Amount, Frame, type PaymentProps, Reason } from './frame.tsx'
import { WayBack } from './way-back.tsx'

/** Takes the browser back to the shop: by itself, or by the button where there is no script. */
export function ReturnPage({ url, transaction }: PaymentProps) {
  return (
    <Frame url={url} title="Retour à la boutique" returnsAlone>
      <h1>Retour à la boutique…</h1>
      <Amount transaction={transaction} />
      <WayBack transaction={transaction} />
    </Frame>
  )
}

export function NoReturnPage({ url, transaction }: PaymentProps) {
  return (
    <Frame url={url} title="Fenêtre fermée">
      <h1>Le client a fermé la fenêtre</h1>
      <Amount transaction={transaction} />
      <WayBack transaction={transaction} />
      <p>
        <a href={`${url}/payment/${transaction.token}`}>Revoir la page de paiement</a>
      </p>
    </Frame>
  )
}

export function RefusedPage({ url, transaction }: PaymentProps) {
  return (
    <Frame url={url} title="Paiement refusé">
      <h1>Paiement refusé</h1>
      <Amount transaction={transaction} />
      <Reason transaction={transaction} />
      <a class="button go" href={`${url}/payment/${transaction.token}`}>
        Réessayer
      </a>
      <WayBack transaction={transaction} />
    </Frame>
  )
}

export function PaidPage({ url, transaction }: PaymentProps) {
  const fault = FAULTS.find(({ id }) => id === transaction.fault)
  return (
    <Frame url={url} title="Déjà payé">
      <h1>Déjà payé</h1>
      <Amount transaction={transaction} />
      <p class="notice">Ce paiement est accepté ; il ne peut plus changer.</p>
      <WayBack transaction={transaction} />
      {fault ? (
        <form method="post" action={`${url}/payment/${transaction.token}`}>
          <p>Panne en cours : {fault.label}.</p>
          <button name="deed" value="mend">
            Réparer la panne
          </button>
        </form>
      ) : null}
    </Frame>
  )
}

export function MissingPage({ url }: { url: string }) {
  return (
    <Frame url={url} title="Page inconnue">
      <h1>Page inconnue</h1>
      <p>Ce paiement n’existe pas, ou plus, dans le simulateur.</p>
      <p>
        <a href={url}>À propos du simulateur</a>
      </p>
    </Frame>
  )
}
