import type { Context } from 'hono'
import type { ShopEnv } from '../contracts/shop.ts'
import { pathsIn } from '../links/addresses.ts'
import { wordsIn } from '../words/words.ts'
import type { FaultStatus } from '../words/fr.ts'
import type { Language } from '../words/words.ts'
import { StatePage } from './state-page.tsx'
import { ButtonLink } from './links.tsx'
import type { LinkTo } from './links.tsx'

type FaultPageProps = {
  status: FaultStatus
  requestId: string
  language: Language
  /** Where the visitor came from; the storefront by default. */
  back?: LinkTo | undefined
}

/** What people see when something is wrong: what to do, and a reference for the log. */
export function FaultPage({ status, requestId, language, back }: FaultPageProps) {
  const words = wordsIn(language)
  const [title, text] = words.faults[status]
  return (
    <StatePage title={title} status={status}>
      <p>{text}</p>
      <div class="buttons">
        {back && <ButtonLink {...back} />}
        <ButtonLink to={pathsIn(language).catalog} label={words.home} quiet={back !== undefined} />
        {(status === 404 || status === 410) && (
          <ButtonLink to={pathsIn(language).find} label={words.find} quiet />
        )}
        {back && <ButtonLink to={pathsIn(language).help} label={words.help.contactTitle} quiet />}
      </div>
      <p class="soft small">{words.reference(requestId)}</p>
    </StatePage>
  )
}

/** Sends that page. The status is set first: `c.render` alone would answer 200. */
export function renderFault<E extends ShopEnv>(
  c: Context<E>,
  status: FaultStatus,
  headers?: HeadersInit,
  back?: LinkTo,
) {
  c.status(status)
  c.header('cache-control', 'no-store')
  for (const [name, value] of new Headers(headers)) c.header(name, value)
  const { language, requestId } = c.var
  return c.render(<FaultPage {...{ status, requestId, language, back }} />, {
    title: wordsIn(language).faults[status][0],
    isOutage: status >= 500,
  })
}
