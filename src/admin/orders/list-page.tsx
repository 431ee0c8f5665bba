import { ORDER_STATUSES } from '../../data/orders/desk-orders.ts'
import type { BookChoice, ListedOrder, OrderList } from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { Field, SelectField, TextField, tie } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { StatusBadge } from './parts.tsx'
import { isNarrowed } from './search.ts'
import type { FilterErrors, TypedFilter } from './search.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain } from '../parts.tsx'
import { orderWords } from './words.ts'

type OrderListPageProps = {
  list: OrderList
  typed: TypedFilter
  errors: FilterErrors
  books: BookChoice[]
  toLookAt: number
  /** Whether this is a page further on. */
  isFurther: boolean
  language: Language
}

export function OrderListPage({ list, typed, errors, books, ...props }: OrderListPageProps) {
  const { language, toLookAt } = props
  const words = orderWords(language)
  const isAsked = typed.q !== '' || isNarrowed(typed)
  return (
    <DeskMain title={words.title}>
      <p class="even">
        <a class="button quiet small-button" href={paths.toLookAt}>
          {words.list.look}
          {toLookAt > 0 && ` (${toLookAt > 99 ? '99+' : toLookAt})`}
        </a>
        <ButtonLink small to={paths.handSale} label={words.list.sell} />
      </p>
      <FilterForm typed={typed} errors={errors} books={books} language={language} />
      {list.orders.length === 0 && (
        <p class="lead">{isAsked ? words.list.notFound : words.list.empty}</p>
      )}
      <OrderRows orders={list.orders} language={language} />
      <Pages list={list} typed={typed} isFurther={props.isFurther} language={language} />
    </DeskMain>
  )
}

type RowOfOrder = Omit<ListedOrder, 'id'>
type OrderRowsProps = { orders: readonly RowOfOrder[]; language: Language }

/** Orders, each a link to its page. */
export const OrderRows = ({ orders, language }: OrderRowsProps) => (
  <ul class="list orders">
    {orders.map((order) => (
      <OrderRow order={order} language={language} />
    ))}
  </ul>
)

function OrderRow({ order, language }: { order: RowOfOrder; language: Language }) {
  return (
    <li>
      <a href={paths.deskOrder(order.code)}>
        <span class="first">
          <span class="code">{spellCode(order.code)}</span>
          <StatusBadge status={order.status} language={language} />
        </span>
        <span class="first">
          <strong>{order.buyerName}</strong>
          <span class="price">{money(order.amount, order.currency, language)}</span>
        </span>
        <span class="first soft small">
          <span>{order.bookTitle}</span>
          <time datetime={order.createdAt.toISOString()}>{moment(order.createdAt, language)}</time>
        </span>
      </a>
    </li>
  )
}

type FilterFormProps = {
  typed: TypedFilter
  errors: FilterErrors
  books: BookChoice[]
  language: Language
}

/** One form, so that a search stays narrowed, and a narrowed list can be searched. */
function FilterForm({ typed, errors, books, language }: FilterFormProps) {
  const { list: words, statuses } = orderWords(language)
  return (
    <form method="get" action={paths.deskOrders} role="search">
      <Field name="q" label={words.search} hint={words.searchHint}>
        <div class="search-box">
          <input
            {...tie({ name: 'q', hint: words.searchHint })}
            type="search"
            maxlength={100}
            value={typed.q}
          />
          <button class="small-button">{words.go}</button>
        </div>
      </Field>
      <details open={isNarrowed(typed)}>
        <summary>{words.filters}</summary>
        <div class="even">
          <SelectField
            name="etat"
            label={words.status}
            value={typed.etat}
            options={[
              { value: '', label: words.anyStatus },
              ...ORDER_STATUSES.map((status) => ({ value: status, label: statuses[status] })),
            ]}
          />
          <SelectField
            name="livre"
            label={words.book}
            value={typed.livre}
            options={[
              { value: '', label: words.anyBook },
              ...books.map(({ id, title }) => ({ value: String(id), label: title })),
            ]}
          />
        </div>
        <div class="even">
          <TextField
            name="du"
            label={words.from}
            value={typed.du}
            type="date"
            error={errors.du && words.day}
          />
          <TextField
            name="au"
            label={words.to}
            value={typed.au}
            type="date"
            error={errors.au && words.day}
          />
        </div>
        <div class="even">
          <button class="small-button">{words.apply}</button>
          <ButtonLink quiet small to={paths.deskOrders} label={words.clear} />
        </div>
      </details>
    </form>
  )
}

type PagesProps = { list: OrderList; typed: TypedFilter; isFurther: boolean; language: Language }

function Pages({ list, typed, isFurther, language }: PagesProps) {
  const { list: words } = orderWords(language)
  const asked = Object.entries(typed).filter(([, value]) => value !== '')
  const address = (...place: [string, string][]) =>
    `${paths.deskOrders}?${new URLSearchParams([...asked, ...place]).toString()}`
  const [first, last] = [list.orders[0], list.orders.at(-1)]
  if (!first || !last)
    return isFurther ? (
      <p>
        <a href={address()}>{words.newest}</a>
      </p>
    ) : null
  if (!list.hasNewer && !list.hasOlder) return null
  return (
    <nav class="row pages" aria-label={words.pages}>
      {list.hasNewer && (
        <ButtonLink quiet small to={address(['apres', `${first.id}`])} label={`← ${words.newer}`} />
      )}
      {list.hasOlder && (
        <ButtonLink quiet small to={address(['avant', `${last.id}`])} label={`${words.older} →`} />
      )}
    </nav>
  )
}
