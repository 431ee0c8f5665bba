import type { DaySales, LatestOrder } from '../../data/orders/desk-home.ts'
import type { KnownOutage } from '../../data/orders/outages.ts'
import type { LookAtCount, LookAtKind } from '../../data/orders/to-look-at.ts'
import type { Currency } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRow } from '../orders/list-page.tsx'
import { moment } from '../../words/moments.ts'
import type { Step } from './steps.ts'
import { startWords } from './words.ts'

type HomePageProps = {
  today: DaySales[]
  currency: Currency
  counts: LookAtCount
  /** How many files are damaged. */
  damaged: number
  latest: LatestOrder[]
  /** CinetPay does not answer, or lets nobody in from here, since then. */
  outage: KnownOutage | undefined
  /** The first of the first steps that is left, for the owner. */
  next: Step | undefined
  language: Language
}

export function HomePage(props: HomePageProps) {
  const { today, currency, counts, damaged, latest, outage, next, language } = props
  const { home: words, names } = startWords(language)
  const kinds = (Object.keys(words.kinds) as LookAtKind[]).filter((kind) => counts[kind] > 0)
  return (
    <main id="contenu" class="home">
      <h1>{words.title}</h1>
      {outage && <Outage outage={outage} language={language} />}
      {next && (
        <section class="card" aria-labelledby="suite">
          <h2 id="suite">{words.next}</h2>
          <p>{words.nextStep(names[next])}</p>
          <a class="button" href={`${paths.firstSteps}#${next}`}>
            {words.goOn}
          </a>
        </section>
      )}
      <section aria-labelledby="jour">
        <h2 id="jour">{words.today}</h2>
        <Today today={today} currency={currency} language={language} />
        <a class="target" href={paths.deskFigures}>
          {words.figures}
        </a>
      </section>
      <section aria-labelledby="voir">
        <h2 id="voir">{words.look}</h2>
        {kinds.length === 0 && damaged === 0 && !outage && <p class="soft">{words.nothing}</p>}
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
        </ul>
      </section>
      <section aria-labelledby="dernieres">
        <h2 id="dernieres">{words.latest}</h2>
        {latest.length === 0 && <p class="soft">{words.noOrder}</p>}
        <ul class="list orders">
          {latest.map((order) => (
            <OrderRow order={order} language={language} />
          ))}
        </ul>
        <a class="target" href={paths.deskOrders}>
          {words.allOrders}
        </a>
      </section>
      <section aria-labelledby="vite">
        <h2 id="vite">{words.quick}</h2>
        <div class="buttons">
          <a class="button quiet" href={paths.newBook}>
            {words.newBook}
          </a>
          <a class="button quiet" href={paths.handSale}>
            {words.handSale}
          </a>
          <a class="button quiet" href={paths.promotions}>
            {words.promotion}
          </a>
        </div>
      </section>
    </main>
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

/** One line a currency; a day without a sale is shown in the shop's own. */
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
