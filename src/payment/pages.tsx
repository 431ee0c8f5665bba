import type { OrderStatus } from '../data/orders/orders.ts'
import { pathsIn } from '../links/addresses.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

type ReturnedPageProps = { status: OrderStatus | undefined; language: Language }

/** Shows a state and nothing else: a transaction id alone proves nothing. */
export function ReturnedPage({ status, language }: ReturnedPageProps) {
  const words = wordsIn(language)
  return (
    <main id="contenu" data-status={status ?? 'unknown'}>
      <div class="state">
        <h1>{words.returned.title}</h1>
        <p>{words.returned[sentence(status)]}</p>
        <div class="buttons">
          {sentence(status) !== 'closed' && (
            <a class="button" href={pathsIn(language).find}>
              {words.find}
            </a>
          )}
          <a class="button quiet" href={pathsIn(language).catalog}>
            {words.home}
          </a>
        </div>
      </div>
    </main>
  )
}

function sentence(status: OrderStatus | undefined) {
  switch (status) {
    case undefined:
      return 'unknown'
    case 'refunded':
    case 'revoked':
      return 'closed'
    default:
      return status
  }
}
