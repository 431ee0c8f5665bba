import type { DaySales } from '../../data/orders/desk-home.ts'
import type { ListedOrder } from '../../data/orders/desk-orders.ts'
import type { KnownOutage } from '../../data/orders/outages.ts'
import type { LookAtCount, LookAtKind } from '../../data/orders/to-look-at.ts'
import type { Currency } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRows } from '../orders/list-page.tsx'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Section } from '../parts.tsx'
import type { Step } from './steps.ts'
import { startWords } from './words.ts'

type HomePageProps = {
  today: DaySales[]
  currency: Currency
  counts: LookAtCount
  /** How many files are damaged. */
  damaged: number
  /** Unpaid orders that nobody was reminded of yet. */
  toRemind: number
  latest: ListedOrder[]
  /** Since when CinetPay does not answer, or refuses us. */
  outage: KnownOutage | undefined
  /** The next of the first steps, for the owner. */
  next: Step | undefined
  isShopSaved: boolean
  language: Language
}

export function HomePage(props: HomePageProps) {
  const {
    today,
    currency,
    counts,
    damaged,
    toRemind,
    latest,
    outage,
    next,
    isShopSaved,
    language,
  } = props
  const { home: words, names, shop } = startWords(language)
  const kinds = (Object.keys(words.kinds) as LookAtKind[]).filter((kind) => counts[kind] > 0)
  return (
    <DeskMain class="home" title={words.title}>
      {outage && <Outage outage={outage} language={language} />}
      {next && (
        <Section class="card" id="suite" title={words.next}>
          <p>{words.nextStep(next === 'shop' && isShopSaved ? shop.identity : names[next])}</p>
          <ButtonLink to={`${paths.firstSteps}#${next}`} label={words.goOn} />
        </Section>
      )}
      <div class="home-columns">
        <Section class="card" id="jour" title={words.today}>
          <Today today={today} currency={currency} language={language} />
          <a class="target" href={paths.deskFigures}>
            {words.figures}
          </a>
        </Section>
        <div class="doing">
          <Section id="voir" title={words.look}>
            {kinds.length === 0 && damaged === 0 && toRemind === 0 && !outage && (
              <p class="soft">{words.nothing}</p>
            )}
            <ul class="list">
              {damaged > 0 && (
                <li>
                  <a href={`${paths.toLookAt}#abimes`}>{words.damaged(damaged)}</a>
                </li>
              )}
              {kinds.map((kind) => (
                <li>
                  <a href={`${paths.toLookAt}#${kind}`}>{words.kinds[kind](counts[kind])}</a>
                </li>
              ))}
              {toRemind > 0 && (
                <li>
                  <a href={paths.toRemind}>{words.remind(toRemind)}</a>
                </li>
              )}
            </ul>
          </Section>
          <Section id="dernieres" title={words.latest}>
            {latest.length === 0 && <p class="soft">{words.noOrder}</p>}
            <OrderRows orders={latest} language={language} />
            <a class="target" href={paths.deskOrders}>
              {words.allOrders}
            </a>
          </Section>
        </div>
        <Section class="card quick" id="vite" title={words.quick}>
          <div class="buttons">
            <ButtonLink quiet to={paths.newBook} label={words.newBook} />
            <ButtonLink quiet to={paths.handSale} label={words.handSale} />
            <ButtonLink quiet to={paths.promotions} label={words.promotion} />
          </div>
        </Section>
      </div>
    </DeskMain>
  )
}

function Outage({ outage, language }: { outage: KnownOutage; language: Language }) {
  const { home: words } = startWords(language)
  const { denial, seenAs } = outage
  const since = moment(outage.since, language)
  return (
    <p class="note bad" role="status" data-denial={denial}>
      {denial ? words.denied[denial](since, seenAs) : words.outage(since)}{' '}
      {denial && <a href={paths.cinetpay}>{words.deniedHelp}</a>}
    </p>
  )
}

type TodayProps = { today: DaySales[]; currency: Currency; language: Language }

/** One line per currency; a day without a sale is shown in the shop's own. */
function Today({ today, currency, language }: TodayProps) {
  const words = startWords(language).home
  const lines = today.length > 0 ? today : [{ currency, sales: 0, amount: 0 }]
  return (
    <>
      {lines.map(({ currency, sales, amount }) => (
        <p class="takings">
          <strong>{money(amount, currency, language)}</strong> <span>{words.sales(sales)}</span>
        </p>
      ))}
    </>
  )
}
