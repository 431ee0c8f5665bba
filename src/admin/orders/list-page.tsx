import { ORDER_SORTS, ORDER_STATUSES, SORTED_AMONG } from '../../data/orders/desk-orders.ts'
import type {
  BookChoice,
  ListedOrder,
  OrderList,
  OrderSort,
} from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { Field, SelectField, TextField, tie } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { StatusBadge } from './parts.tsx'
import { isNarrowed, NEWEST_FIRST, writeSort } from './search.ts'
import type { FilterErrors, TypedFilter } from './search.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain } from '../parts.tsx'
import { orderWords } from './words.ts'

type OrderListPageProps = {
  list: OrderList & { isCut?: boolean }
  /** Undefined: newest first. */
  sort: OrderSort | undefined
  /** The page of a sorted list. */
  page: number
  typed: TypedFilter
  errors: FilterErrors
  books: BookChoice[]
  toLookAt: number
  /** Whether this is not the first page. */
  isFurther: boolean
  language: Language
}

export function OrderListPage({ list, typed, errors, books, sort, ...props }: OrderListPageProps) {
  const { language, toLookAt } = props
  const words = orderWords(language)
  const isAsked = typed.q !== '' || isNarrowed(typed)
  return (
    <DeskMain title={words.title}>
      <p class="even">
        <ButtonLink small to={paths.handSale} label={words.list.sell} />
        <a class="button quiet small-button" href={paths.toLookAt}>
          {words.list.look}
          {toLookAt > 0 && ` (${toLookAt > 99 ? '99+' : toLookAt})`}
        </a>
        <ButtonLink quiet small to={paths.toRemind} label={words.list.remind} />
        <ButtonLink quiet small to={paths.customers} label={words.list.customers} />
      </p>
      <FilterForm {...{ typed, errors, books, sort, language }} />
      {list.orders.length === 0 && (
        <p class="lead">{isAsked ? words.list.notFound : words.list.empty}</p>
      )}
      {list.isCut && (
        <p class="soft small">
          {sort?.by === 'date' ? words.list.oldest(SORTED_AMONG) : words.list.sorted(SORTED_AMONG)}
        </p>
      )}
      <OrderRows orders={list.orders} sorted={{ typed, sort }} language={language} />
      {sort ? (
        <SortedPages {...{ list, typed, sort, language }} page={props.page} />
      ) : (
        <Pages list={list} typed={typed} isFurther={props.isFurther} language={language} />
      )}
    </DeskMain>
  )
}

/** The list's address, with the current filter and more parameters. */
const listAddress = (typed: TypedFilter, more: Readonly<Record<string, string>> = {}) =>
  `${paths.deskOrders}?${new URLSearchParams(
    Object.entries({ ...typed, ...more }).filter(([, value]) => value !== ''),
  ).toString()}`

type RowOfOrder = Omit<ListedOrder, 'id'>
type OrderRowsProps = {
  orders: readonly RowOfOrder[]
  /** The current filter and sort, where the column titles are links that sort. */
  sorted?: { typed: TypedFilter; sort: OrderSort | undefined }
  language: Language
}

/** Orders: a table on a wide screen, a list of the same rows on a phone. Each row is one link. */
export function OrderRows({ orders, sorted, language }: OrderRowsProps) {
  if (orders.length === 0) return null
  const { columns } = orderWords(language).list
  return (
    <table class="order-table">
      <thead>
        <tr>
          <th scope="col">{columns.code}</th>
          {ORDER_SORTS.map((by) => (
            <Column by={by} label={columns[by]} {...sorted} />
          ))}
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow order={order} language={language} />
        ))}
      </tbody>
    </table>
  )
}

type ColumnProps = { by: OrderSort['by']; label: string } & Partial<OrderRowsProps['sorted'] & {}>

/** Dates and amounts start with the greatest. */
function fallsFirst(by: OrderSort['by']) {
  return by === 'amount' || by === 'date'
}

/** A click sorts by this column; another reverses the order. */
function Column({ by, label, typed, sort = NEWEST_FIRST }: ColumnProps) {
  if (!typed) return <th scope="col">{label}</th>
  const isChosen = sort.by === by
  const next = {
    by,
    isDescending: isChosen ? !sort.isDescending : fallsFirst(by),
  }
  return (
    <th
      scope="col"
      aria-sort={isChosen ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <a href={listAddress(typed, { tri: writeSort(next) })}>{label}</a>
    </th>
  )
}

function OrderRow({ order, language }: { order: RowOfOrder; language: Language }) {
  return (
    <tr>
      <th scope="row">
        <a class="code" href={paths.deskOrder(order.code)}>
          {spellCode(order.code)}
        </a>
      </th>
      <td>{order.buyerName}</td>
      <td>{order.bookTitle}</td>
      <td class="price">{money(order.amount, order.currency, language)}</td>
      <td>
        <StatusBadge status={order.status} language={language} />
      </td>
      <td>
        <time datetime={order.createdAt.toISOString()}>{moment(order.createdAt, language)}</time>
      </td>
    </tr>
  )
}

/** The orders most often wanted come first: newest, oldest, largest amounts. */
const SORTS: readonly OrderSort[] = ORDER_SORTS.toReversed().flatMap((by) => {
  const isDescending = fallsFirst(by)
  return [
    { by, isDescending },
    { by, isDescending: !isDescending },
  ]
})
const isSame = (one: OrderSort, other: OrderSort) => writeSort(one) === writeSort(other)

type FilterFormProps = {
  sort: OrderSort | undefined
  typed: TypedFilter
  errors: FilterErrors
  books: BookChoice[]
  language: Language
}

/** One form, so that a search keeps its filter, and a filtered list can be searched. */
function FilterForm({ typed, errors, books, sort, language }: FilterFormProps) {
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
          <button class="small-button quiet">{words.go}</button>
        </div>
      </Field>
      <details open={isNarrowed(typed) || sort !== undefined}>
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
        <SelectField
          name="tri"
          label={words.sort}
          value={sort ? writeSort(sort) : ''}
          options={SORTS.map((each) => ({
            value: isSame(each, NEWEST_FIRST) ? '' : writeSort(each),
            label: words.sorts[each.by][each.isDescending ? 'down' : 'up'],
          }))}
        />
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
          <button class="small-button quiet">{words.apply}</button>
          <ButtonLink quiet small to={paths.deskOrders} label={words.clear} />
        </div>
      </details>
    </form>
  )
}

type PagesProps = { list: OrderList; typed: TypedFilter; isFurther: boolean; language: Language }

function Pages({ list, typed, isFurther, language }: PagesProps) {
  const { list: words } = orderWords(language)
  const [first, last] = [list.orders[0], list.orders.at(-1)]
  if (!first || !last)
    return isFurther ? (
      <p>
        <a href={listAddress(typed)}>{words.newest}</a>
      </p>
    ) : null
  if (!list.hasNewer && !list.hasOlder) return null
  return (
    <nav class="row pages" aria-label={words.pages}>
      {list.hasNewer && (
        <ButtonLink
          quiet
          small
          to={listAddress(typed, { apres: `${first.id}` })}
          label={`← ${words.newer}`}
        />
      )}
      {list.hasOlder && (
        <ButtonLink
          quiet
          small
          to={listAddress(typed, { avant: `${last.id}` })}
          label={`${words.older} →`}
        />
      )}
    </nav>
  )
}

type SortedPagesProps = Omit<PagesProps, 'isFurther'> & { sort: OrderSort; page: number }

function SortedPages({ list, typed, sort, page, language }: SortedPagesProps) {
  const { list: words } = orderWords(language)
  const address = (to: number) => listAddress(typed, { tri: writeSort(sort), page: String(to) })
  if (!list.hasNewer && !list.hasOlder) return null
  return (
    <nav class="row pages" aria-label={words.pages}>
      {list.hasNewer && <ButtonLink quiet small to={address(page - 1)} label={words.previous} />}
      {list.hasOlder && <ButtonLink quiet small to={address(page + 1)} label={words.next} />}
    </nav>
  )
}
