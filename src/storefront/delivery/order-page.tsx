import { isClaimable } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { paths } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import { helpOperator, messageText, OPERATORS } from '../../words/messages.ts'
import type { OperatorName } from '../../words/messages.ts'
import { money, wordsIn } from '../../words/words.ts'
import { ContactLink } from './contact-link.tsx'
import { OrderFrame } from './order-frame.tsx'
import type { OrderPageProps } from './order-frame.tsx'
import { shownAs } from './states.ts'

/** An unpaid order, as `ORDER_STATES` describes it: what is happening, and the one thing to do. */
export function OrderPage(props: OrderPageProps) {
  const { order, state, language } = props
  const words = wordsIn(language).order
  const { says, primary, claim } = shownAs(state)
  const isAgain = order.attempts > 1 && primary === 'pay'
  const said = state === 'debited' ? groupOf(order) : says === 'paid' ? 'pending' : says
  return (
    <OrderFrame {...props} title={words[said].title}>
      <Sentences {...props} />
      <div class="buttons">
        <Primary {...props} />
        {(claim || isAgain) && isClaimable(order) && !props.hasCase && (
          <ButtonLink to={paths.debited(props.orderKey)} label={words.debited} quiet />
        )}
      </div>
      <OtherWays {...props} />
      <OperatorsHelp {...props} />
    </OrderFrame>
  )
}

const groupOf = ({ status }: Order) =>
  status === 'failed' || status === 'expired' ? status : 'pending'

function Primary(props: OrderPageProps) {
  const { order, state, settings, language } = props
  const words = wordsIn(language).order.pending
  switch (shownAs(state).primary) {
    case 'continue':
      return order.pageUrl && <ButtonLink to={order.pageUrl} label={words.continue} />
    case 'pay':
      return <RetryForm {...props} />
    case 'look':
      return <ButtonLink to="" label={words.look} />
    case 'write':
      return <ContactLink code={order.code} shop={settings.shop} language={language} isButton />
    default:
      return null
  }
}

/** Ways to pay that are not the first thing to do here. */
function OtherWays(props: OrderPageProps) {
  const { order, state, language, isPayable = true } = props
  const { primary, warns } = shownAs(state)
  const words = wordsIn(language).order
  if (!isPayable || (primary !== 'look' && primary !== 'continue') || state === 'opening')
    return null
  return (
    <details>
      <summary>{warns ? words.pending.notDebited : words.pending.lost}</summary>
      {order.refusal && <p>{words.failed.todo[order.refusal]}</p>}
      {warns && order.status === 'pending' && order.pageUrl && (
        <ButtonLink to={order.pageUrl} label={words.pending.continue} quiet />
      )}
      <p class="small">{words.pending.retryText}</p>
      <RetryForm {...props} quiet />
    </details>
  )
}

function Sentences(props: OrderPageProps) {
  const { order, state, language } = props
  const words = wordsIn(language).order
  const { says, warns } = shownAs(state)
  switch (says) {
    case 'paid':
      return null
    case 'failed':
      return (
        <>
          <p>
            <strong>{words.failed.why[order.refusal ?? 'other']}</strong>{' '}
            {words.failed.todo[order.refusal ?? 'other']}
          </p>
          <p>{words.failed.text}</p>
        </>
      )
    case 'pending':
      if (state === 'debited') {
        const why = order.status === 'failed' && order.refusal
        return why ? <p>{words.failed.why[why]}</p> : null
      }
      return (
        <>
          <Waited {...props} />
          <p>{warns ? words.pending.text : words.pending.done}</p>
        </>
      )
    case 'silent':
      return (
        <>
          <p>{words.silent.text}</p>
          {order.waiting && shownAs(order.waiting).warns && <Waited {...props} />}
        </>
      )
    default: {
      const { text, again } = { again: undefined, ...words[says] }
      return <p>{order.attempts > 1 && again ? again : text}</p>
    }
  }
}

/** What is waited for; a buyer who chose an operator reads what happens on the phone with that one. */
function Waited({ order, settings, language }: OrderPageProps) {
  const reason = order.waiting && wordsIn(language).order.pending.waiting[order.waiting]
  const operator = operatorOf(order)
  return (
    <>
      {reason && (
        <p>
          <strong>{reason.happens}</strong> {reason.todo}
        </p>
      )}
      {operator && order.waiting !== 'operator' && (
        <Help {...{ operator, settings, language }} class="note" />
      )}
    </>
  )
}

/** Not those of the one that was chosen on the provider's page; what a buyer said is no choice yet. */
function OperatorsHelp({ order, state, settings, language }: OrderPageProps) {
  const words = wordsIn(language).order.pending
  const operator = operatorOf(order)
  if (shownAs(state).says !== 'pending' || state === 'debited' || (operator && order.operator))
    return null
  return (
    <details>
      <summary>{operator ? words.helpOthers : words.help}</summary>
      {NAMES.filter((name) => name !== operator).map((name) => (
        <Help operator={name} {...{ settings, language }} class="small" />
      ))}
    </details>
  )
}

const NAMES = Object.keys(OPERATORS) as OperatorName[]
const operatorOf = ({ operator, saidMeans }: Order) => helpOperator(operator || saidMeans || '')

type HelpProps = Pick<OrderPageProps, 'settings' | 'language'> & {
  operator: OperatorName
  class: string
}

function Help({ operator, settings, language, ...props }: HelpProps) {
  return (
    <p class={`lines ${props.class}`}>
      <strong>{OPERATORS[operator]}</strong>
      {'\n'}
      {messageText(settings.texts, operator, language)}
    </p>
  )
}

function RetryForm(props: OrderPageProps & { quiet?: boolean }) {
  const { order, orderKey, language, quiet, isPayable = true } = props
  if (!isPayable) return null
  const price = money(order.amount, order.currency, language)
  return (
    <form class="buttons" method="post" action={paths.payAgain(orderKey)}>
      <input type="hidden" name="attempts" value={String(order.attempts)} />
      <button class={quiet ? 'quiet' : undefined}>{wordsIn(language).order.retry(price)}</button>
    </form>
  )
}
