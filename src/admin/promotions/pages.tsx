import type { PromotableBook, PromotionAtDesk } from '../../data/orders/promotions.ts'
import type { Currency } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Facts, Note } from '../parts.tsx'
import { describe, stateOf } from './describe.ts'
import type { PromotionState } from './describe.ts'
import { PromotionForm } from './form.tsx'
import type { PromotionFormProps } from './form.tsx'
import { promotionWords } from './words.ts'

type Shown = { currency: Currency; language: Language; now: Date }

export function PromotionsPage({
  promotions,
  ...shown
}: Shown & { promotions: PromotionAtDesk[] }) {
  const words = promotionWords(shown.language)
  return (
    <DeskMain title={words.title}>
      <p class="lead">{words.lead}</p>
      <div class="buttons">
        <ButtonLink to={paths.newPromotion} label={words.create} />
      </div>
      {promotions.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <ul class="list">
          {promotions.map((promotion) => (
            <PromotionItem promotion={promotion} {...shown} />
          ))}
        </ul>
      )}
    </DeskMain>
  )
}

function PromotionItem({ promotion, ...shown }: Shown & { promotion: PromotionAtDesk }) {
  const { currency, language, now } = shown
  const words = promotionWords(language)
  const { uses, maxUses, sales } = promotion
  const given = money(promotion.givenAway, currency, language)
  return (
    <li>
      <a href={paths.promotion(promotion.id)}>
        <span class="code">{promotion.code}</span>{' '}
        <State state={stateOf(promotion, now)} {...shown} />
        <br />
        {describe(promotion, currency, language)}
        <br />
        <span class="soft small">
          {words.uses(uses, maxUses)} · {words.sales(sales)}
          {promotion.givenAway > 0 && ` · ${words.given(given)}`}
        </span>
      </a>
    </li>
  )
}

function State({ state, language }: Shown & { state: PromotionState }) {
  const tone = state === 'running' ? 'good' : state === 'stopped' ? 'bad' : 'soft'
  return <span class={`badge ${tone}`}>{promotionWords(language).state[state]}</span>
}

export function NewPromotionPage(props: PromotionFormProps) {
  const words = promotionWords(props.language)
  return (
    <main id="contenu">
      <Back language={props.language} />
      <h1>{words.newTitle}</h1>
      <PromotionForm {...props} />
    </main>
  )
}

type PromotionPageProps = Omit<PromotionFormProps, 'action'> & {
  promotion: PromotionAtDesk
  now: Date
  publicUrl: string
  done?: string | undefined
  /** What prevents saving, shown above the form. */
  warning?: string | undefined
}

export function PromotionPage({ promotion, done, warning, now, ...props }: PromotionPageProps) {
  const { currency, language, books, publicUrl, ...form } = props
  const words = promotionWords(language)
  const shown = { currency, language, now }
  return (
    <main id="contenu">
      <Back language={language} />
      <h1>
        {words.editTitle(promotion.code)} <State state={stateOf(promotion, now)} {...shown} />
      </h1>
      <Note text={done} />
      {warning && (
        <p class="note warn" role="alert">
          {warning}
        </p>
      )}
      <Figures promotion={promotion} {...shown} />
      <form class="buttons" method="post" action={paths.promotionState(promotion.id)}>
        <input type="hidden" name="active" value={promotion.active ? 'off' : 'on'} />
        <button class={`small-button ${promotion.active ? 'danger' : 'quiet'}`}>
          {promotion.active ? words.stop : words.start}
        </button>
      </form>
      <Share promotion={promotion} books={books} publicUrl={publicUrl} language={language} />
      <h2>{words.edit}</h2>
      <PromotionForm
        {...form}
        action={paths.promotion(promotion.id)}
        books={books}
        currency={currency}
        language={language}
      />
    </main>
  )
}

function Figures({ promotion, currency, language }: Shown & { promotion: PromotionAtDesk }) {
  const words = promotionWords(language)
  return (
    <>
      <Facts
        facts={[
          [words.figures.uses, words.uses(promotion.uses, promotion.maxUses)],
          [words.figures.sales, String(promotion.sales)],
          [words.figures.revenue, money(promotion.revenue, currency, language)],
          [words.figures.givenAway, money(promotion.givenAway, currency, language)],
        ]}
      />
      <p class="hint">{words.figures.usesHint}</p>
    </>
  )
}

type ShareProps = {
  promotion: PromotionAtDesk
  books: PromotableBook[]
  publicUrl: string
  language: Language
}

const SHARED_AT_MOST = 20

/** The addresses of its books, with the code in them. */
function Share({ promotion, books, publicUrl, language }: ShareProps) {
  const words = promotionWords(language).share
  const { code, bookIds } = promotion
  const covered = books.filter(
    ({ id, onSale, price, priceFloor }) =>
      onSale &&
      (price > 0 || priceFloor !== null) &&
      (bookIds.length === 0 || bookIds.includes(id)),
  )
  if (covered.length === 0) return null
  return (
    <details>
      <summary>{words.title}</summary>
      <p class="hint">{words.hint}</p>
      <ul class="list">
        {covered.slice(0, SHARED_AT_MOST).map((book) => {
          const path = paths.bookWithCode(book.slug, code)
          return (
            <li>
              <a href={path}>
                {book.title}
                <br />
                <span class="soft small address">{publicUrl + path}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

const Back = ({ language }: { language: Language }) => (
  <p>
    <a class="tap" href={paths.promotions}>
      ← {promotionWords(language).back}
    </a>
  </p>
)
