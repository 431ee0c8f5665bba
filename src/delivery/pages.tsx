import type { Child } from 'hono/jsx'
import type { Order } from '../data/orders.ts'
import { spellCode } from '../lib/crockford.ts'
import type { Settings } from '../settings.ts'
import { paths } from '../urls.ts'
import { messageText, OPERATORS } from '../words/messages.ts'
import type { OperatorName } from '../words/messages.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { ContactLink } from './contact-link.tsx'
import { FileOffers } from './file-offers.tsx'
import type { KeyedFile } from './file-offers.tsx'

/** What every state of the order page is told. */
export type OrderPageProps = {
  order: Order
  orderKey: string
  language: Language
  settings: Pick<Settings, 'shop' | 'texts'>
}

export function PaidPage({ files, ...props }: OrderPageProps & { files: KeyedFile[] }) {
  const { language } = props
  const words = wordsIn(language)
  const isDamaged = files.length > 0 && files.every(({ damagedAt }) => damagedAt !== null)
  const text = props.order.amount === 0 ? words.order.paid.freeText : words.order.paid.text
  return (
    <OrderFrame {...props} title={isDamaged ? words.file.damaged.title : words.order.paid.title}>
      {!isDamaged && <p>{text}</p>}
      <FileOffers files={files} language={language} />
      <p class="small">{words.order.keep}</p>
    </OrderFrame>
  )
}

/** Waiting for the provider's word: the way back to its page, and a new try. */
export function PendingPage(props: OrderPageProps) {
  const { order, language } = props
  const words = wordsIn(language)
  return (
    <OrderFrame {...props} title={words.order.pending.title}>
      <p>{words.order.pending.text}</p>
      <div class="buttons">
        {order.pageUrl && (
          <a class="button" href={order.pageUrl}>
            {words.order.pending.continue}
          </a>
        )}
      </div>
      <OperatorHelp {...props} />
      <p class="small">{words.order.pending.retryText}</p>
      <RetryForm {...props} quiet />
    </OrderFrame>
  )
}

function OperatorHelp({ language, settings }: OrderPageProps) {
  return (
    <details>
      <summary>{wordsIn(language).order.pending.help}</summary>
      {Object.entries(OPERATORS).map(([operator, name]) => (
        <p class="small lines">
          <strong>{name}</strong>
          {'\n'}
          {messageText(settings.texts, operator as OperatorName, language)}
        </p>
      ))}
    </details>
  )
}

/** The payment page was asked for a moment ago, and is not there yet. */
export function OpeningPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.opening.title}>
      <p>{words.order.opening.text}</p>
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

export function RefusedPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.failed.title}>
      <p>
        <strong>{words.order.failed.why[props.order.refusal ?? 'other']}</strong>
      </p>
      <p>{words.order.failed.text}</p>
      <RetryForm {...props} />
    </OrderFrame>
  )
}

export function ExpiredPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.expired.title}>
      <p>{words.order.expired.text}</p>
      <RetryForm {...props} />
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
    </OrderFrame>
  )
}

function OrderFrame(props: OrderPageProps & { title: string; children: Child }) {
  const { order, language, title, children } = props
  const words = wordsIn(language)
  const code = spellCode(order.code)
  return (
    <main id="contenu" data-status={order.status}>
      <div class="state">
        <h1>{title}</h1>
        {children}
        <div class="slip">
          <p>
            {words.order.title('')}
            <span class="code">{code}</span>
          </p>
          <p>
            {order.bookTitle} ·{' '}
            {order.amount === 0 ? words.book.free : money(order.amount, order.currency, language)}
          </p>
        </div>
        <p class="soft small">{words.order.support(code)}</p>
        <ContactLink code={code} shop={props.settings.shop} language={language} />
        <p>
          <a href={paths.book(order.bookSlug)}>{words.order.back}</a>
        </p>
      </div>
    </main>
  )
}

function RetryForm({ order, orderKey, language, quiet }: OrderPageProps & { quiet?: boolean }) {
  const price = money(order.amount, order.currency, language)
  return (
    <form class="buttons" method="post" action={paths.payAgain(orderKey)}>
      <input type="hidden" name="attempts" value={String(order.attempts)} />
      <button class={quiet ? 'quiet' : undefined}>{wordsIn(language).order.retry(price)}</button>
    </form>
  )
}
