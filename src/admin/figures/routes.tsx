import { Hono } from 'hono'
import type { Context } from 'hono'
import { countAll } from '../../data/orders/counts.ts'
import { listBookTakings, listTakings, readOutcomes } from '../../data/orders/figures.ts'
import { readSettings } from '../../data/settings.ts'
import { contentDisposition } from '../../files/disposition.ts'
import { dayOf } from '../../lib/time.ts'
import { paths } from '../../links/addresses.ts'
import type { ExportFile } from '../../links/addresses.ts'
import { quietKey } from '../../links/quiet.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { ExportsPage } from './exports-page.tsx'
import type { ExportsPageProps } from './exports-page.tsx'
import { feeRateOf, meansOfPayment } from './means.ts'
import { FiguresPage } from './pages.tsx'
import { periodOf, readDays, stepsOf } from './period.ts'
import { presets, readRange, typedRange } from './range.ts'
import { csvStream } from './stream.ts'
import { successOf, sumUp } from './sums.ts'
import { EXPORT_FILES, isOfContacts, TABLES } from './tables.ts'
import { figuresWords } from './words.ts'

/** Sales: figures to look at, and files for the bookkeeper. */
export const figures = new Hono<DeskEnv>()

const TOP_BOOKS = 20

figures.get(paths.deskFigures, async (c) => {
  const { sql, config, provider } = c.env
  const words = figuresWords(c.var.language)
  const days = readDays(c.req.query('jours'))
  const period = periodOf(days, c.env.now())
  const isDemonstration = provider.isPlayMoney
  await countAll(sql, c.env.now())
  const [takings, books, outcomes, settings] = await Promise.all([
    listTakings(sql, period, isDemonstration),
    listBookTakings(sql, period, TOP_BOOKS, isDemonstration),
    readOutcomes(sql, period, isDemonstration),
    readSettings(sql),
  ])
  const { fees } = settings
  const sums = sumUp({
    takings,
    books,
    outcomes,
    steps: stepsOf(period),
    currency: config.currency,
    feeRateOf: (taking) => feeRateOf(taking, fees),
    nameOf: (taking) => meansOfPayment(taking, words),
  })
  const { opened, accepted, openedBefore, acceptedBefore } = outcomes
  const payments = {
    opened,
    accepted,
    success: successOf({ opened, accepted }),
    successBefore: successOf({ opened: openedBefore, accepted: acceptedBefore }),
  }
  const { language } = c.var
  const props = { language, days, sums, payments, fees, isDemonstration }
  return c.render(<FiguresPage {...props} />, { title: words.title })
})

/** What the export form asks for, read from the query. */
function askedOf(c: Context<DeskEnv>) {
  const { language, person } = c.var
  return {
    language,
    presets: presets(c.env.now()),
    typed: typedRange((name) => c.req.query(name), c.env.now()),
    isOwner: person.role === 'owner',
    withContacts: c.req.query('coordonnees') !== undefined,
  }
}

const showExports = (c: Context<DeskEnv>, props: ExportsPageProps) =>
  c.render(<ExportsPage {...props} />, { title: figuresWords(props.language).exports.title })

figures.get(paths.exports, (c) => showExports(c, askedOf(c)))

for (const file of EXPORT_FILES) {
  figures.get(paths.exportFile(file), async (c) => {
    const asked = askedOf(c)
    const { language, withContacts } = asked
    if ((withContacts || isOfContacts(file)) && !asked.isOwner) return renderFault(c, 403)
    const range = readRange(asked.typed)
    if (!range.ok) {
      c.status(422)
      return showExports(c, { ...asked, errors: range.errors })
    }

    const { fees } = await readSettings(c.env.sql)
    const { body, done } = csvStream(
      TABLES[file]({
        sql: c.env.sql,
        words: figuresWords(language),
        now: c.env.now(),
        from: range.from,
        until: range.until,
        withSimulated: c.env.provider.isPlayMoney,
        fees,
        withContacts,
        quietKey: await quietKey(c.env.config.appSecret),
      }),
    )
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', contentDisposition('attachment', nameOf(file, range)))
    c.header('x-robots-tag', 'noindex')
    // A HEAD has no body to read, nor anybody to cancel it.
    if (c.req.raw.method === 'HEAD') return c.body(null)
    // The stream outlives the handler, and needs the database until its end: on Workers it is
    // closed only after this.
    const { log } = c.env
    const personId = c.var.person.id
    c.env.background(
      done.then((rows) => log('export.sent', { file, rows, withContacts, personId })),
    )
    return c.body(body)
  })
}

const nameOf = (file: ExportFile, { from, until }: { from: Date; until: Date }) =>
  `${file} du ${dayOf(from)} au ${dayOf(new Date(until.getTime() - 1))}.csv`
