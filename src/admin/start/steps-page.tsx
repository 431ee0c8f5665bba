import type { Child } from 'hono/jsx'
import type { StepFacts } from '../../data/orders/desk-home.ts'
import type { Currency } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Note, PostButton } from '../parts.tsx'
import { nextStep, STEPS } from './steps.ts'
import type { Step, StepState } from './steps.ts'
import { startWords } from './words.ts'

type StepsPageProps = {
  states: Record<Step, StepState>
  facts: StepFacts
  currency: Currency
  isDemonstration: boolean
  isShopSaved: boolean
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
    <DeskMain class="form-page" title={words.title}>
      <Note text={isSaved && words.saved} />
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
      <PostButton
        link
        to={paths.stepsShown}
        fields={{ hidden: isHidden ? 'no' : 'yes' }}
        label={isHidden ? words.unhide : words.hide}
      />
    </DeskMain>
  )
}

const MOODS: Record<StepState, string> = { done: 'good', later: 'soft', todo: 'bad' }

const StateBadge = ({ state, language }: { state: StepState; language: Language }) => (
  <span class={`badge ${MOODS[state]}`}>{startWords(language).states[state]}</span>
)

/** A step that is not done can be postponed and resumed. */
function SetAside({ step, state, language }: { step: Step; state: StepState; language: Language }) {
  const words = startWords(language)
  if (state === 'done') return null
  return (
    <PostButton
      link
      to={paths.stepLater}
      fields={{ step, later: state === 'later' ? 'no' : 'yes' }}
      label={state === 'later' ? words.resume : words.later}
    />
  )
}

const currencyName = (currency: Currency, language: Language) =>
  new Intl.DisplayNames(language, { type: 'currency' }).of(currency) ?? currency

const RETURN_HERE = '?suite=premiers-pas'

function ShopStep({ currency, isShopSaved, isIdentityComplete, language }: StepsPageProps) {
  const words = startWords(language).shop
  return (
    <>
      <p>{isShopSaved && !isIdentityComplete ? words.named : words.text}</p>
      <p class="soft small">{words.currency(currencyName(currency, language))}</p>
      <div class="buttons">
        <ButtonLink
          quiet={isShopSaved}
          to={paths.settingsPage('boutique') + RETURN_HERE}
          label={words.shop}
        />
        <ButtonLink
          quiet={!isShopSaved || isIdentityComplete}
          to={paths.settingsPage('identite') + RETURN_HERE}
          label={words.identity}
        />
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
        <ButtonLink to={paths.cinetpay} label={words.open} />
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
        <ButtonLink quiet={facts.ownBookSlug !== null} to={paths.newBook} label={words.add} />
        <ButtonLink quiet to={paths.deskBooks} label={words.list} />
        {facts.ownBookSlug && (
          <ButtonLink quiet to={paths.book(facts.ownBookSlug)} label={words.see} />
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
        <ButtonLink quiet={facts.hasOwnSale} to={paths.book(facts.ownBookSlug)} label={words.buy} />
        <ButtonLink quiet to={paths.deskOrders} label={words.orders} />
      </div>
    </>
  )
}
