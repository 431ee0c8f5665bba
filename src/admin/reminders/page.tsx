import { REMINDERS_PER_PAGE } from '../../data/orders/reminders.ts'
import type { CameBack, OrderToRemind } from '../../data/orders/reminders.ts'
import { paths } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import { moment } from '../../words/moments.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { Refused } from '../deeds/fields.tsx'
import { StatusBadge } from '../orders/parts.tsx'
import { orderWords } from '../orders/words.ts'
import { DeskMain, Note, PostButton } from '../parts.tsx'
import { deskWords } from '../words.ts'
import { reminderWords } from './words.ts'

type RemindersPageProps = {
  /** One more than a page shows, if there is a next page. */
  orders: OrderToRemind[]
  came: CameBack
  /** The message, filled in with an example. */
  example: string
  isOwner: boolean
  isFurther: boolean
  isSaved: boolean
  clash?: string | undefined
  language: Language
}

export function RemindersPage(props: RemindersPageProps) {
  const { came, clash, language } = props
  const words = reminderWords(language)
  const orders = props.orders.slice(0, REMINDERS_PER_PAGE)
  const last = props.orders.length > REMINDERS_PER_PAGE ? orders.at(-1) : undefined
  const back = { to: paths.deskOrders, label: orderWords(language).order.back }
  return (
    <DeskMain title={words.title} back={back}>
      <Note text={props.isSaved && deskWords(language).saved} />
      <Refused errors={{}} clash={clash} language={language} />
      <p class="lead">{orders.length > 0 ? words.lead : words.nothing}</p>
      {came.reminded > 0 && <CameBackLine came={came} language={language} />}
      {orders.length > 0 && (
        <details>
          <summary>{words.text}</summary>
          <p class="lines message">{props.example}</p>
          <p class="small soft">{words.nobodyElse}</p>
          {props.isOwner && (
            <ButtonLink quiet small to={paths.settingsPage('messages')} label={words.edit} />
          )}
        </details>
      )}
      <ul class="list orders">
        {orders.map((order) => (
          <OrderRow order={order} language={language} />
        ))}
      </ul>
      {(last || props.isFurther) && (
        <nav class="row pages" aria-label={words.pages}>
          {props.isFurther && <ButtonLink quiet small to={paths.toRemind} label={words.newest} />}
          {last && (
            <ButtonLink
              quiet
              small
              to={`${paths.toRemind}?avant=${last.id}`}
              label={`${words.older} →`}
            />
          )}
        </nav>
      )}
    </DeskMain>
  )
}

function CameBackLine({ came, language }: { came: CameBack; language: Language }) {
  const sums = came.sums.map(({ currency, amount }) => money(amount, currency, language))
  return (
    <p>
      {reminderWords(language).back(came.reminded, came.bought)}
      {sums.length > 0 && <strong> ({sums.join(' + ')})</strong>}.
    </p>
  )
}

function OrderRow({ order, language }: { order: OrderToRemind; language: Language }) {
  const words = reminderWords(language)
  const { code, remindedAt } = order
  return (
    <li>
      <a href={paths.deskOrder(code)}>
        <span class="first">
          <strong>{order.buyerName}</strong>
          <span class="price">{money(order.amount, order.currency, language)}</span>
        </span>
        <span class="first soft small">
          <span>{order.bookTitle}</span>
          <StatusBadge status={order.status} language={language} />
        </span>
        <span class="first soft small">
          <time datetime={order.createdAt.toISOString()}>{moment(order.createdAt, language)}</time>
          {remindedAt && (
            <span>{words.reminded(moment(remindedAt, language), order.remindedBy ?? '')}</span>
          )}
        </span>
      </a>
      <div class="row">
        <form
          class="fit"
          method="post"
          action={paths.deskDeed(code, 'relancer')}
          target="_blank"
          rel="noopener"
        >
          <button class="small-button quiet">{remindedAt ? words.again : words.remind}</button>
        </form>
        <a class="target fit" href={paths.customer(code)}>
          {words.customer}
        </a>
        <PostButton
          link
          to={paths.customerDeed(code, 'silence')}
          label={words.quiet}
          fields={{ ecrire: 'non', retour: 'relances' }}
        />
      </div>
    </li>
  )
}
