import { API_FAULT_PARTS, type ApiFaultPart, choicesOf } from './api-faults.ts'
import { CUT_AMOUNT, FAULT_PARTS, FAULTS } from './faults.ts'
import { Frame } from './frame.tsx'
import type { Options } from './options.ts'

/** What this is, and the troubles that can be tried. */
export function AboutPage({ options, problem }: { options: Options; problem?: string }) {
  const { url, v1, isShared } = options
  return (
    <Frame url={url} title="À propos" isWide>
      <h1>Simulateur CinetPay</h1>
      <p>
        Il joue le rôle de CinetPay pour essayer une boutique, du bouton « Acheter » jusqu’au livre.
        Il n’a aucun lien avec la société CinetPay.
      </p>
      {v1 ? (
        <p>
          Avec des clés de la nouvelle API, la boutique appelle{' '}
          <code>{`${url}/v1/oauth/login`}</code> puis <code>{`${url}/v1/payment`}</code>.
        </p>
      ) : null}
      <p>
        Avec des clés de Checkout v2, elle appelle <code>{`${url}/v2/payment`}</code> puis{' '}
        <code>{`${url}/v2/payment/check`}</code>.
      </p>
      {v1 && !isShared ? <ApiFaultMenu options={options} problem={problem} /> : null}
      <h2>Pannes d’un paiement</h2>
      <p>
        À la création, c’est le montant qui choisit : pour un livre à {CUT_AMOUNT}, la demande est
        lue et gardée, la ligne est coupée avant la réponse, et la même demande une seconde fois est
        refusée.
      </p>
      <p>Les autres se choisissent sur la page de chaque paiement.</p>
      {Object.entries(FAULT_PARTS).map(([part, title]) => (
        <>
          <h3>{title}</h3>
          <ul>
            {FAULTS.filter((fault) => fault.part === part).map(({ id, label }) => (
              <li>
                {label} <code>{id}</code>
              </li>
            ))}
          </ul>
        </>
      ))}
    </Frame>
  )
}

function ApiFaultMenu({ options, problem }: { options: Options; problem?: string | undefined }) {
  const { url, apiFaults, pack } = options
  const parts = (Object.keys(API_FAULT_PARTS) as ApiFaultPart[]).filter(
    (part) => part !== 'packed' || pack,
  )
  return (
    <>
      <h2 id="api">Pannes de l’API</h2>
      <p>
        De la nouvelle API, pour tous les paiements, tant qu’elles sont choisies. Choisir la forme
        d’un refus de jeton rend inconnus les jetons déjà donnés.
      </p>
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <form method="post" action={`${url}/faults`}>
        {parts.map((part) => (
          <>
            <label class="label" for={part}>
              {API_FAULT_PARTS[part].title} <code>{part}</code>
            </label>
            <select id={part} name={part}>
              <option value="">Comme d’habitude</option>
              {Object.entries(choicesOf(part)).map(([id, label]) => (
                <option value={id} selected={apiFaults[part] === id}>
                  {label}
                </option>
              ))}
            </select>
          </>
        ))}
        <label class="label" for="listed">
          Adresses de la liste, séparées par des espaces <code>listed</code>
        </label>
        <input id="listed" name="listed" autocomplete="off" value={apiFaults.listed} />
        <button class="go">Enregistrer</button>
      </form>
    </>
  )
}
