import type { Child } from 'hono/jsx'
import type { DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { SelectField, TextField } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'
import { PAID_HOWS } from './forms.ts'
import type { ContactTyped, Errors, HandTyped, ReasonTyped, RefundTyped } from './forms.ts'
import { ContactFields, ReasonField, Refused, StatusBadge } from './parts.tsx'
import { isDouble } from './possible.ts'
import { orderWords } from './words.ts'

/** A deed has a page of its own: what it does, what is asked, and what was typed when refused. */
export type DeedPageProps<T> = {
  order: DeskOrder
  typed: T
  errors: Errors<string>
  /** Somebody was first: nothing was done. */
  clash?: string | undefined
  language: Language
}

type DeedFrameProps = Omit<DeedPageProps<unknown>, 'typed'> & {
  title: string
  texts: string[]
  deed: string
  button: string
  danger?: boolean
  children?: Child
}

function DeedFrame({ order, title, texts, errors, clash, language, ...props }: DeedFrameProps) {
  return (
    <main id="contenu">
      <p>
        <a href={paths.deskOrder(order.code)}>
          ← {orderWords(language).order.title(spellCode(order.code))}
        </a>
      </p>
      <h1>{title}</h1>
      <p>
        <strong>{order.buyerName}</strong> · {order.bookTitle} ·{' '}
        {money(order.amount, order.currency, language)}{' '}
        <StatusBadge status={order.status} language={language} />
      </p>
      <form
        class="card deed"
        method="post"
        action={paths.deskDeed(order.code, props.deed)}
        novalidate
      >
        <Refused errors={errors} clash={clash} language={language} />
        {texts.map((text) => (
          <p>{text}</p>
        ))}
        {props.children}
        <div class="row">
          <button class={props.danger ? 'danger' : undefined}>{props.button}</button>
          <a class="button quiet" href={paths.deskOrder(order.code)}>
            {deskWords(language).cancel}
          </a>
        </div>
      </form>
    </main>
  )
}

type OfPayment = { payment: DeskPayment }

export function RefundPage({ typed, payment, ...props }: DeedPageProps<RefundTyped> & OfPayment) {
  const { order, errors, language } = props
  const { deeds: words } = orderWords(language)
  const effect = isDouble(order, payment)
    ? words.refundDouble
    : payment.status === 'review'
      ? words.refundReview
      : words.refundEnds
  return (
    <DeedFrame
      {...props}
      deed="rembourser"
      title={words.refund}
      texts={[words.refundText(money(payment.amount, payment.currency, language)), effect]}
      button={words.refund}
      danger
    >
      <input type="hidden" name="payment" value={String(payment.attempt)} />
      <TextField
        name="amount"
        label={words.amount}
        error={errors['amount']}
        value={typed.amount}
        inputmode="numeric"
        maxlength={20}
      />
      <ReasonField value={typed.reason} error={errors['reason']} language={language} />
      <TextField
        name="reference"
        label={words.refundReference}
        error={errors['reference']}
        value={typed.reference}
        maxlength={100}
      />
    </DeedFrame>
  )
}

export function ClosePage({ typed, payment, ...props }: DeedPageProps<ReasonTyped> & OfPayment) {
  const words = orderWords(props.language)
  return (
    <DeedFrame
      {...props}
      deed="classer"
      title={words.payment.close}
      texts={[
        words.deeds.closeText,
        ...(payment.status === 'review' ? [words.deeds.refundReview] : []),
      ]}
      button={words.payment.close}
    >
      <input type="hidden" name="payment" value={String(payment.attempt)} />
      <ReasonField value={typed.reason} error={props.errors['reason']} language={props.language} />
    </DeedFrame>
  )
}

export function PayByHandPage({ typed, ...props }: DeedPageProps<HandTyped>) {
  const { order, errors, language } = props
  const { deeds: words, hows } = orderWords(language)
  const isReview = order.status === 'review'
  return (
    <DeedFrame
      {...props}
      deed="payee"
      title={words.pay}
      texts={[
        words.payText(money(order.amount, order.currency, language)),
        isReview ? words.payReview : words.payPending,
      ]}
      button={words.pay}
    >
      <SelectField
        name="how"
        label={words.how}
        error={errors['how']}
        value={typed.how}
        options={PAID_HOWS.map((how) => ({ value: how, label: hows[how] }))}
      />
      <TextField
        name="reference"
        label={words.reference}
        error={errors['reference']}
        value={typed.reference}
        maxlength={100}
      />
      <ReasonField value={typed.reason} error={errors['reason']} language={language} />
    </DeedFrame>
  )
}

export function RevokePage({ typed, ...props }: DeedPageProps<ReasonTyped>) {
  const { deeds: words } = orderWords(props.language)
  return (
    <DeedFrame
      {...props}
      deed="fermer"
      title={words.revoke}
      texts={[words.revokeText]}
      button={words.revoke}
      danger
    >
      <ReasonField value={typed.reason} error={props.errors['reason']} language={props.language} />
    </DeedFrame>
  )
}

export function RestorePage({ typed, ...props }: DeedPageProps<ReasonTyped>) {
  const { deeds: words } = orderWords(props.language)
  return (
    <DeedFrame
      {...props}
      deed="rouvrir"
      title={words.restore}
      texts={[words.restoreText]}
      button={words.restore}
    >
      <ReasonField value={typed.reason} error={props.errors['reason']} language={props.language} />
    </DeedFrame>
  )
}

export function RenewLinkPage({ typed, ...props }: DeedPageProps<{ version: number }>) {
  const { deeds: words } = orderWords(props.language)
  return (
    <DeedFrame
      {...props}
      deed="lien"
      title={words.link}
      texts={[words.linkText]}
      button={words.linkDone}
      danger
    >
      <input type="hidden" name="version" value={String(typed.version)} />
    </DeedFrame>
  )
}

export function ContactPage({ typed, ...props }: DeedPageProps<ContactTyped & { seen: string }>) {
  const { deeds: words } = orderWords(props.language)
  return (
    <DeedFrame
      {...props}
      deed="contact"
      title={words.contact}
      texts={[]}
      button={deskWords(props.language).save}
    >
      <input type="hidden" name="seen" value={typed.seen} />
      <ContactFields typed={typed} errors={props.errors} language={props.language} />
    </DeedFrame>
  )
}
