import type { Child } from 'hono/jsx'
import type { StepFacts } from '../../data/orders/desk-home.ts'
import type { Currency } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { nextStep, STEPS } from './steps.ts'
import type { Step, StepState } from './steps.ts'
import { startWords } from './words.ts'

type StepsPageProps = {
  states: Record<Step, StepState>
  facts: StepFacts
  currency: Currency
  isDemonstration: boolean
  isIdentityComplete: boolean
  isHidden: boolean
  isSaved: boolean
  language: Language
}

export function StepsPage(props: StepsPageProps) {
  const { states, isHidden, isSaved, language } = props
  const words = startWords(language)
  const next = nextStep(states)
  const isAllDone = STEPS.every((step) => states[step] === 'done')
  const contents: Record<Step, Child> = {
    shop: <ShopStep {...props} />,
    cinetpay: <CinetpayStep {...props} />,
    book: <BookStep {...props} />,
    sale: <SaleStep {...props} />,
  }
  return (
    <main id="contenu" class="form-page">
      <h1>{words.title}</h1>
      {isSaved && (
        <p class="note" role="status">
          {words.saved}
        </p>
      )}
      <p class="lead">{isAllDone ? words.allDone : words.lead}</p>
      <ol class="steps">
        {STEPS.map((step) => (
          <li id={step}>
            <details open={step === next}>
              <summary>
                {words.names[step]} <StateBadge state={states[step]} language={language} />
              </summary>
              {contents[step]}
              <SetAside step={step} state={states[step]} language={language} />
            </details>
          </li>
        ))}
      </ol>
      <form method="post" action={paths.stepsShown}>
        <input type="hidden" name="hidden" value={isHidden ? 'no' : 'yes'} />
        <button class="link">{isHidden ? words.unhide : words.hide}</button>
      </form>
    </main>
  )
}

const MOODS: Record<StepState, string> = { done: 'good', later: 'soft', todo: 'bad' }

const StateBadge = ({ state, language }: { state: StepState; language: Language }) => (
  <span class={`badge ${MOODS[state]}`}>{startWords(language).states[state]}</span>
)

/** A step that is not done can be left, and taken up again. */
function SetAside({ step, state, language }: { step: Step; state: StepState; language: Language }) {
  const words = startWords(language)
  if (state === 'done') return null
  return (
    <form method="post" action={paths.stepLater}>
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="later" value={state === 'later' ? 'no' : 'yes'} />
      <button class="link">{state === 'later' ? words.resume : words.later}</button>
    </form>
  )
}

const currencyName = (currency: Currency, language: Language) =>
  new Intl.DisplayNames(language, { type: 'currency' }).of(currency) ?? currency

const RETURN_HERE = '?suite=premiers-pas'

function ShopStep({ states, currency, isIdentityComplete, language }: StepsPageProps) {
  const words = startWords(language).shop
  const isShopDone = states.shop === 'done'
  return (
    <>
      <p>{words.text}</p>
      <p class="soft small">{words.currency(currencyName(currency, language))}</p>
      <div class="buttons">
        <a
          class={isShopDone ? 'button quiet' : 'button'}
          href={paths.settingsPage('boutique') + RETURN_HERE}
        >
          {words.shop}
        </a>
        <a
          class={isShopDone && !isIdentityComplete ? 'button' : 'button quiet'}
          href={paths.settingsPage('identite') + RETURN_HERE}
        >
          {words.identity}
        </a>
      </div>
    </>
  )
}

function CinetpayStep({ isDemonstration, language }: StepsPageProps) {
  const words = startWords(language).cinetpay
  return (
    <>
      <p>{isDemonstration ? words.demonstration : words.text}</p>
      <div class="buttons">
        <a class="button" href={paths.cinetpay}>
          {words.open}
        </a>
      </div>
    </>
  )
}

function BookStep({ facts, language }: StepsPageProps) {
  const words = startWords(language).book
  return (
    <>
      <p>{words.text}</p>
      <div class="buttons">
        <a class={facts.ownBookSlug ? 'button quiet' : 'button'} href={paths.newBook}>
          {words.add}
        </a>
        <a class="button quiet" href={paths.deskBooks}>
          {words.list}
        </a>
        {facts.ownBookSlug && (
          <a class="button quiet" href={paths.book(facts.ownBookSlug)}>
            {words.see}
          </a>
        )}
      </div>
    </>
  )
}

function SaleStep({ facts, isDemonstration, language }: StepsPageProps) {
  const words = startWords(language).sale
  if (!facts.ownBookSlug) return <p>{words.first}</p>
  return (
    <>
      <p>{isDemonstration ? words.demonstration : words.real}</p>
      <p>{words.then}</p>
      <div class="buttons">
        <a
          class={facts.hasOwnSale ? 'button quiet' : 'button'}
          href={paths.book(facts.ownBookSlug)}
        >
          {words.buy}
        </a>
        <a class="button quiet" href={paths.deskOrders}>
          {words.orders}
        </a>
      </div>
    </>
  )
}
