import type { Child } from 'hono/jsx'
import type { Order } from '../../data/orders/orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { paths, pathsIn, whatsappAddress } from '../../links/addresses.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ContactLink } from './contact-link.tsx'
import { FileOffers } from './file-offers.tsx'
import type { KeyedFile } from './file-offers.tsx'
import { ButtonLink, TapLine, TapLink } from '../../views/links.tsx'

/** What every state of the order page is given. */
export type OrderPageProps = {
  order: Order
  orderKey: string
  language: Language
  settings: Pick<Settings, 'shop' | 'texts'>
  /** The buyer reported a debit, and nobody has closed the case yet. */
  hasCase: boolean
  /** Whether the money that is taken here is that of the order; in no doubt where it is not said. */
  isPayable?: boolean
  /** After how long the page looks again by itself; undefined where nothing is waited for. */
  lookInSeconds?: number | undefined
}

type PaidPageProps = OrderPageProps & { files: KeyedFile[]; keep: Child }

export function PaidPage({ files, keep, ...props }: PaidPageProps) {
  const { language } = props
  const words = wordsIn(language)
  const isDamaged = files.length > 0 && files.every(({ damagedAt }) => damagedAt !== null)
  const text = props.order.amount === 0 ? words.order.paid.freeText : words.order.paid.text
  return (
    <OrderFrame {...props} title={isDamaged ? words.file.damaged.title : words.order.paid.title}>
      {!isDamaged && <p>{text}</p>}
      <FileOffers files={files} language={language} />
      <p class="small">{words.order.keep}</p>
      {keep}
    </OrderFrame>
  )
}

export function NotOpenedPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.notOpened.title}>
      <p>{words.order.notOpened.text}</p>
      <RetryForm {...props} />
    </OrderFrame>
  )
}

/** The provider lets no call of the shop in: the seller knows, and the buyer has lost nothing. */
export function DeniedPage(props: OrderPageProps) {
  const words = wordsIn(props.language).order.denied
  const isFirst = props.order.attempts === 1
  return (
    <OrderFrame {...props} title={words.title}>
      <p>{isFirst ? words.text : words.again}</p>
      <RetryForm {...props} quiet />
      {!isFirst && <DebitedLink {...props} />}
    </OrderFrame>
  )
}

export function RefusedPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.failed.title}>
      <p>
        <strong>{words.order.failed.why[props.order.refusal ?? 'other']}</strong>{' '}
        {words.order.failed.todo[props.order.refusal ?? 'other']}
      </p>
      <p>{words.order.failed.text}</p>
      <RetryForm {...props} />
      <DebitedLink {...props} />
    </OrderFrame>
  )
}

export function ExpiredPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.expired.title}>
      <p>{words.order.expired.text}</p>
      <RetryForm {...props} />
      <DebitedLink {...props} />
    </OrderFrame>
  )
}

type ClosedPageProps = OrderPageProps & {
  why: 'review' | 'refunded' | 'revoked' | 'demonstrationOver'
}

/** States in which there is nothing for the buyer to do here. */
export function ClosedPage({ why, ...props }: ClosedPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order[why].title}>
      <p>{words.order[why].text}</p>
      {why === 'review' && <DebitedLink {...props} />}
    </OrderFrame>
  )
}

/** « J'ai été débité »; a buyer who said so already reads what happens now. */
export function DebitedLink({ hasCase, orderKey, language }: OrderPageProps) {
  if (hasCase) return null
  return <ButtonLink to={paths.debited(orderKey)} label={wordsIn(language).order.debited} quiet />
}

export function OrderFrame(props: OrderPageProps & { title: string; children: Child }) {
  const { order, language, title, children } = props
  const words = wordsIn(language)
  const code = spellCode(order.code)
  return (
    <main id="contenu" data-status={order.status} {...looking(props)}>
      <div class="state">
        <h1>{title}</h1>
        {props.hasCase && <CaseNote {...props} />}
        {children}
        <div class="slip">
          <p>
            {words.order.title('')}
            <span class="code">{code}</span>
          </p>
          <p>
            {order.bookTitle} ·{' '}
            {order.amount === 0 ? words.book.free : money(order.amount, order.currency, language)}
          </p>
        </div>
        <p class="soft small">{words.order.support(code)}</p>
        <ContactLink code={code} shop={props.settings.shop} language={language} />
        <p class="links">
          <TapLink to={pathsIn(language).find} label={words.find} />
          <TapLink to={pathsIn(language).book(order.bookSlug)} label={words.order.back} />
        </p>
      </div>
    </main>
  )
}

/** What `browser/waiting.ts` reads. */
function looking({ order, orderKey, lookInSeconds, language }: OrderPageProps) {
  if (lookInSeconds === undefined) return {}
  const { changed, seen, unseen } = wordsIn(language).order.pending
  return {
    'data-look': paths.orderState(orderKey),
    'data-gap': String(lookInSeconds),
    'data-state': `${order.status} ${waitingOf(order)}`,
    'data-changed': changed,
    'data-seen': seen,
    'data-unseen': unseen,
  }
}

/** What is waited for, as far as it says something: of an order that waits. */
export const waitingOf = ({ status, waiting }: Order) =>
  status === 'pending' ? (waiting ?? '') : ''

function CaseNote({ order, settings, language }: OrderPageProps) {
  const words = wordsIn(language).order.case
  const code = spellCode(order.code)
  const { whatsapp } = settings.shop
  return (
    <div class="note">
      <p>
        <strong>{words.title}</strong> {words.text(code)}
      </p>
      {whatsapp && (
        <TapLine to={whatsappAddress(whatsapp, words.message(code))} label={words.whatsapp} />
      )}
    </div>
  )
}

export function RetryForm({
  order,
  orderKey,
  language,
  quiet,
  isPayable = true,
}: OrderPageProps & { quiet?: boolean }) {
  if (!isPayable) return null
  const price = money(order.amount, order.currency, language)
  return (
    <form class="buttons" method="post" action={paths.payAgain(orderKey)}>
      <input type="hidden" name="attempts" value={String(order.attempts)} />
      <button class={quiet ? 'quiet' : undefined}>{wordsIn(language).order.retry(price)}</button>
    </form>
  )
}
