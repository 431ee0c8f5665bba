import { CUSTOMERS_PER_PAGE } from '../../data/people/customers.ts'
import type { Customer, Spent } from '../../data/people/customers.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths } from '../../links/addresses.ts'
import { Field, tie } from '../../views/form.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { shortDate } from '../../words/moments.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { orderWords } from '../orders/words.ts'
import { DeskMain } from '../parts.tsx'
import { customerWords } from './words.ts'

type CustomersPageProps = {
  /** One more than a page shows, if there is a next page. */
  customers: Customer[]
  typed: string
  isOwner: boolean
  isFurther: boolean
  language: Language
}

export function CustomersPage({
  customers,
  typed,
  isOwner,
  isFurther,
  language,
}: CustomersPageProps) {
  const words = customerWords(language)
  const shown = customers.slice(0, CUSTOMERS_PER_PAGE)
  const last = customers.length > CUSTOMERS_PER_PAGE ? shown.at(-1) : undefined
  const address = (place: Record<string, string>) =>
    `${paths.customers}?${new URLSearchParams({ ...(typed && { q: typed }), ...place }).toString()}`
  const back = { to: paths.deskOrders, label: orderWords(language).order.back }
  return (
    <DeskMain title={words.title} back={back}>
      <p class="lead">{words.lead}</p>
      <form method="get" action={paths.customers} role="search">
        <Field name="q" label={words.search} hint={words.searchHint}>
          <div class="search-box">
            <input
              {...tie({ name: 'q', hint: words.searchHint })}
              type="search"
              maxlength={100}
              value={typed}
            />
            <button class="small-button quiet">{words.go}</button>
          </div>
        </Field>
      </form>
      {shown.length === 0 && <p>{typed ? words.notFound : words.nothing}</p>}
      <ul class="list orders">
        {shown.map((customer) => (
          <CustomerRow customer={customer} language={language} />
        ))}
      </ul>
      {(last || isFurther) && (
        <nav class="row pages" aria-label={words.pages}>
          {isFurther && <ButtonLink quiet small to={address({})} label={words.newest} />}
          {last && (
            <ButtonLink
              quiet
              small
              to={address({ avant: String(last.id) })}
              label={`${words.older} →`}
            />
          )}
        </nav>
      )}
      {isOwner && (
        <p>
          <a class="target" href={paths.exports}>
            {words.export}
          </a>
        </p>
      )}
    </DeskMain>
  )
}

/** The amounts spent, one per currency. */
export const spentOf = (spent: readonly Spent[], language: Language) =>
  spent.map(({ currency, amount }) => money(amount, currency, language)).join(' + ')

function CustomerRow({ customer, language }: { customer: Customer; language: Language }) {
  const words = customerWords(language)
  const { names, titles, purchases, lastAt } = customer
  return (
    <li>
      <a href={paths.customer(customer.code)}>
        <span class="first">
          <strong>{names.join(', ')}</strong>
          <span class="price">{spentOf(customer.spent, language)}</span>
        </span>
        <span class="first soft small">
          <span>{spellPhone(customer.phoneE164)}</span>
          <time datetime={lastAt.toISOString()}>{shortDate(lastAt, language)}</time>
        </span>
        <span class="first soft small">
          <span>
            {words.purchases(purchases)} · {titles.join(', ')}
          </span>
          <span class="badges">
            {customer.hasNote && <span class="badge soft">{words.hasNote}</span>}
            {customer.isQuiet && <span class="badge bad">{words.quiet}</span>}
          </span>
        </span>
      </a>
    </li>
  )
}
