import type { Child } from 'hono/jsx'
import type { Order } from '../data/orders.ts'
import { spellCode } from '../lib/crockford.ts'
import { paths } from '../urls.ts'
import { fileSize, money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** What every state of the order page is told. */
export type OrderPageProps = { order: Order; orderKey: string; language: Language }

export function PaidPage({ fileKey, ...props }: OrderPageProps & { fileKey: string }) {
  const { order, language } = props
  const words = wordsIn(language)
  const address = paths.download(fileKey, order.fileName)
  return (
    <OrderFrame {...props} title={words.order.paid.title}>
      <p>{words.order.paid.text}</p>
      <p>
        <strong>{order.bookTitle}</strong>
        <br />
        <span class="soft">
          PDF{order.pages !== null && ` · ${words.book.pages(order.pages)}`} ·{' '}
          {fileSize(order.sizeBytes, language)}
        </span>
      </p>
      <div class="buttons">
        <a class="button" href={`${address}?telecharger`}>
          {words.order.paid.download}
        </a>
        <a class="button quiet" href={address}>
          {words.order.paid.read}
        </a>
      </div>
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
      <p class="small">{words.order.pending.retryText}</p>
      <RetryForm {...props} quiet />
    </OrderFrame>
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
            {order.bookTitle} · {money(order.amount, order.currency, language)}
          </p>
        </div>
        <p class="soft small">{words.order.support(code)}</p>
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
