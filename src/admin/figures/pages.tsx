import type { Settings } from '../../config/settings.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain } from '../parts.tsx'
import { BarChart, ColumnChart } from './chart.tsx'
import { PERIODS } from './period.ts'
import type { Days } from './period.ts'
import { growth, sinceFirstSale } from './sums.ts'
import type { Share, Sums } from './sums.ts'
import { figuresWords } from './words.ts'
import { writer } from './writing.ts'

type FiguresPageProps = {
  language: Language
  days: Days
  sums: Sums[]
  payments: {
    opened: number
    accepted: number
    success: number | undefined
    successBefore: number | undefined
  }
  fees: Settings['fees']
  isDemonstration: boolean
}

export function FiguresPage(props: FiguresPageProps) {
  const { language, days, sums, isDemonstration } = props
  const words = figuresWords(language)
  const hasBefore = sums.some(({ before }) => before.sales > 0)
  return (
    <DeskMain class="figures" title={words.title}>
      <nav aria-label={words.periods}>
        <ul class="periods">
          {PERIODS.map((each) => (
            <li>
              <a href={paths.figures(each)} aria-current={each === days ? 'page' : undefined}>
                {words.period(each)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="soft small">
        {hasBefore && `${words.compared(words.before(days))} `}
        {isDemonstration && words.simulated}
      </p>
      {sums.map((own, place) => (
        <section aria-label={sums.length > 1 ? own.currency : undefined}>
          {sums.length > 1 && <h2>{own.currency}</h2>}
          <Headlines {...props} own={own} isFirst={place === 0} />
          {own.now.sales === 0 ? (
            <p class="note">{words.none}</p>
          ) : (
            <div class="charts">
              <InTime {...props} own={own} />
              <Parts
                id={`livres-${own.currency}`}
                title={words.byBook}
                column={words.columns.book}
                parts={own.books}
                {...props}
                own={own}
              />
              <Parts
                id={`moyens-${own.currency}`}
                title={words.byOperator}
                column={words.columns.operator}
                parts={own.operators}
                {...props}
                own={own}
              />
            </div>
          )}
        </section>
      ))}
      <p>
        <ButtonLink quiet to={paths.exports} label={words.toExports} />
      </p>
    </DeskMain>
  )
}

type OwnProps = FiguresPageProps & { own: Sums }

function Headlines({
  language,
  days,
  payments,
  fees,
  own,
  isFirst,
}: OwnProps & { isFirst: boolean }) {
  const words = figuresWords(language)
  const write = writer(language)
  const inMoney = (amount: number) => money(amount, own.currency, language)
  const { now, before, beside, refunds } = own
  return (
    <dl class="headlines">
      <Headline name={words.sales} value={write.count(now.sales)}>
        <Change {...{ language, days }} ratio={growth(now.sales, before.sales)} />
      </Headline>
      <Headline name={words.revenue} value={inMoney(now.amount)}>
        <Change {...{ language, days }} ratio={growth(now.amount, before.amount)} />
      </Headline>
      <Headline
        name={words.net}
        value={inMoney(now.net)}
        hint={
          Object.keys(fees.byMeans).length > 0
            ? words.netHintByMeans
            : words.netHint(write.rate(fees.basisPoints / 10_000))
        }
      >
        <Change {...{ language, days }} ratio={growth(now.net, before.net)} />
      </Headline>
      <Headline name={words.basket} value={inMoney(now.basket)} hint={words.basketHint}>
        <Change {...{ language, days }} ratio={growth(now.basket, before.basket)} />
      </Headline>
      {beside.count > 0 && (
        <Headline
          name={words.beside}
          value={inMoney(beside.amount)}
          hint={words.besideHint(write.count(beside.count), beside.count)}
        />
      )}
      <Headline
        name={words.refunds}
        value={inMoney(refunds.amount)}
        hint={words.refundsMade(write.count(refunds.count), refunds.count)}
      />
      {isFirst && <Success {...{ language, days, payments }} />}
    </dl>
  )
}

function Success({ language, days, payments }: Pick<OwnProps, 'language' | 'days' | 'payments'>) {
  const words = figuresWords(language)
  const write = writer(language)
  const { opened, accepted, success, successBefore } = payments
  if (success === undefined)
    return <Headline name={words.success} value="–" hint={words.noPayment} />
  const hint = words.successOf(write.count(accepted), write.count(opened))
  const points = successBefore === undefined ? undefined : success - successBefore
  return (
    <Headline name={words.success} value={write.share(success)} hint={hint}>
      <Change {...{ language, days }} ratio={points} inPoints />
    </Headline>
  )
}

type HeadlineProps = { name: string; value: string; hint?: string; children?: unknown }

function Headline({ name, value, hint, children }: HeadlineProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {children}
        {hint && <span class="soft small">{hint}</span>}
      </dd>
    </div>
  )
}

type ChangeProps = { language: Language; days: Days; ratio: number | undefined; inPoints?: boolean }

/** « ▲ +12 % » on the screen, « 12 % de plus que … » for screen readers; nothing without a comparison. */
function Change({ language, days, ratio, inPoints = false }: ChangeProps) {
  const words = figuresWords(language)
  const write = writer(language)
  if (ratio === undefined) return null
  const before = words.before(days)
  const rounded = Math.round(ratio * 100)
  const size = inPoints
    ? words.points(write.count(Math.abs(rounded)), Math.abs(rounded))
    : write.share(Math.abs(rounded) / 100)
  const shown = inPoints
    ? words.points(write.signed(rounded), Math.abs(rounded))
    : write.signedShare(rounded / 100)
  if (rounded === 0)
    return (
      <span class="change soft">
        <span aria-hidden="true">{`= ${words.equal}`}</span>
        <span class="unseen">{words.same(before)}</span>
      </span>
    )
  return (
    <span class={`change ${rounded > 0 ? 'up' : 'down'}`}>
      <span aria-hidden="true">{`${rounded > 0 ? '▲' : '▼'} ${shown}`}</span>
      <span class="unseen">{(rounded > 0 ? words.more : words.less)(size, before)}</span>
    </span>
  )
}

function InTime({ language, days, own }: OwnProps) {
  const words = figuresWords(language)
  const write = writer(language)
  const inMoney = (amount: number) => money(amount, own.currency, language)
  const steps = sinceFirstSale(own.steps)
  const sold = steps.filter(({ sales }) => sales > 0)
  const best = steps.reduce((a, b) => (b.amount > a.amount ? b : a))
  const id = `temps-${own.currency}`
  return (
    <section aria-labelledby={`${id}-h`}>
      <h2 id={`${id}-h`}>{words.byTime[days]}</h2>
      <ColumnChart
        id={id}
        title={words.byTime[days]}
        description={words.best(write.moment(best.at, days), inMoney(best.amount))}
        writeTick={write.compact}
        columns={own.steps.map((step, place) => ({
          value: step.amount,
          label: write.tick(step.at, days, place),
          told: `${write.moment(step.at, days)} : ${inMoney(step.amount)}`,
        }))}
      />
      <Table
        summary={words.table}
        head={[words.columns.when[days], words.columns.sales, words.columns.amount]}
        rows={sold.map((step) => [
          write.row(step.at, days),
          write.count(step.sales),
          inMoney(step.amount),
        ])}
      />
    </section>
  )
}

type PartsProps = OwnProps & { id: string; title: string; column: string; parts: Share[] }

function Parts({ language, own, id, title, column, parts }: PartsProps) {
  const words = figuresWords(language)
  const write = writer(language)
  const inMoney = (amount: number) => money(amount, own.currency, language)
  const shareOf = (amount: number) =>
    write.share(own.now.amount === 0 ? 0 : amount / own.now.amount)
  const named = parts.map((part) => ({ ...part, name: part.name ?? words.others }))
  const [first] = named
  return (
    <section aria-labelledby={`${id}-h`}>
      <h2 id={`${id}-h`}>{title}</h2>
      <BarChart
        id={id}
        title={title}
        description={
          first ? words.first(first.name, inMoney(first.amount), shareOf(first.amount)) : ''
        }
        bars={named.map(({ name, amount }) => ({ name, value: amount, written: inMoney(amount) }))}
      />
      <Table
        summary={words.table}
        head={[column, words.columns.sales, words.columns.amount, words.columns.share]}
        rows={named.map(({ name, sales, amount }) => [
          name,
          write.count(sales),
          inMoney(amount),
          shareOf(amount),
        ])}
      />
    </section>
  )
}

function Table({ summary, head, rows }: { summary: string; head: string[]; rows: string[][] }) {
  return (
    <details>
      <summary>{summary}</summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              {head.map((name, place) => (
                <th scope="col" class={place === 0 ? undefined : 'number'}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...numbers]) => (
              <tr>
                <td>{name}</td>
                {numbers.map((number) => (
                  <td class="number">{number}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
