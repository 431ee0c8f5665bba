import { helpOperator, messageText, OPERATORS } from '../../words/messages.ts'
import type { OperatorName } from '../../words/messages.ts'
import { wordsIn } from '../../words/words.ts'
import { DebitedLink, OrderFrame, RetryForm } from './pages.tsx'
import type { OrderPageProps } from './pages.tsx'
import { ButtonLink, TapLink } from '../../views/links.tsx'

/**
 * Waiting for the provider's word: what it waits for and what to do, the way back to its page, and
 * a new try. Who has chosen an operator already sees what happens on the phone with that one; who
 * was debited is not asked to pay.
 */
export function PendingPage(props: OrderPageProps) {
  const words = wordsIn(props.language).order.pending
  if (props.hasCase)
    return (
      <OrderFrame {...props} title={words.title}>
        <LookAgain {...props} />
        <details>
          <summary>{words.notDebited}</summary>
          <PayOn {...props} />
        </details>
      </OrderFrame>
    )
  return (
    <OrderFrame {...props} title={words.title}>
      <PayOn {...props} />
    </OrderFrame>
  )
}

function PayOn(props: OrderPageProps) {
  const { order, language } = props
  const words = wordsIn(language).order.pending
  const reason = order.waiting && words.waiting[order.waiting]
  const operator = helpOperator(order.operator || order.saidMeans || '')
  // What the buyer said is not what was chosen on the provider's page.
  const others = NAMES.filter((name) => name !== operator)
  return (
    <>
      {reason && (
        <p>
          <strong>{reason.happens}</strong> {reason.todo}
        </p>
      )}
      {operator && order.waiting !== 'operator' && (
        <Help {...props} operator={operator} class="note" />
      )}
      <p>{words.text}</p>
      <div class="buttons">
        {order.pageUrl && <ButtonLink to={order.pageUrl} label={words.continue} />}
        <DebitedLink {...props} />
      </div>
      {!props.hasCase && <LookAgain {...props} />}
      {!(operator && order.operator) && (
        <details>
          <summary>{operator ? words.helpOthers : words.help}</summary>
          {others.map((name) => (
            <Help {...props} operator={name} class="small" />
          ))}
        </details>
      )}
      <p class="small">{words.retryText}</p>
      <RetryForm {...props} quiet />
    </>
  )
}

const NAMES = Object.keys(OPERATORS) as OperatorName[]

type HelpProps = OrderPageProps & { operator: OperatorName; class: string }

function Help({ operator, settings, language, ...props }: HelpProps) {
  return (
    <p class={`lines ${props.class}`}>
      <strong>{OPERATORS[operator]}</strong>
      {'\n'}
      {messageText(settings.texts, operator, language)}
    </p>
  )
}

/** The payment page was asked for a moment ago, and is not there yet. */
export function OpeningPage(props: OrderPageProps) {
  const words = wordsIn(props.language)
  return (
    <OrderFrame {...props} title={words.order.opening.title}>
      <p>{words.order.opening.text}</p>
      <LookAgain {...props} />
    </OrderFrame>
  )
}

/** A link for whose browser neither refreshes nor runs scripts; the script writes beside it. */
function LookAgain({ language }: OrderPageProps) {
  const words = wordsIn(language).order.pending
  return (
    <>
      <p id="suivi" role="status" />
      <p class="small">
        <TapLink to="" label={words.look} /> <span class="soft" id="vu" />
      </p>
    </>
  )
}
