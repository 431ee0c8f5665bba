import { Hono } from 'hono'
import { listBookTakings, listTakings, readOutcomes } from '../../data/orders/figures.ts'
import { readSettings } from '../../data/settings.ts'
import { contentDisposition } from '../../files/disposition.ts'
import { paths } from '../../links/addresses.ts'
import type { ExportFile } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { ExportsPage } from './exports-page.tsx'
import { feeRateOf, meansOfPayment } from './means.ts'
import { FiguresPage } from './pages.tsx'
import { periodOf, readDays, stepsOf } from './period.ts'
import { readRange, typedRange } from './range.ts'
import { csvStream } from './stream.ts'
import { successOf, sumUp } from './sums.ts'
import { booksTable, ordersTable, paymentsTable } from './tables.ts'
import { figuresWords } from './words.ts'

/** What was sold: figures to look at, and files for the bookkeeper. */
export const figures = new Hono<DeskEnv>()

const TOP_BOOKS = 20

figures.get(paths.deskFigures, async (c) => {
  const { sql, config, provider } = c.env
  const words = figuresWords(c.var.language)
  const days = readDays(c.req.query('jours'))
  const period = periodOf(days, c.env.now())
  const isDemonstration = provider.isPlayMoney
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

figures.get(paths.exports, (c) => {
  const { language, person } = c.var
  const { title } = figuresWords(language).exports
  const typed = typedRange((name) => c.req.query(name), c.env.now())
  const withContacts = c.req.query('coordonnees') !== undefined
  const props = { language, typed, isOwner: person.role === 'owner', withContacts }
  return c.render(<ExportsPage {...props} />, { title })
})

for (const file of ['commandes', 'paiements', 'livres'] satisfies ExportFile[]) {
  figures.get(paths.exportFile(file), async (c) => {
    const { language, person } = c.var
    const isOwner = person.role === 'owner'
    const withContacts = c.req.query('coordonnees') !== undefined
    if (withContacts && !isOwner) return renderFault(c, 403)
    const now = c.env.now()
    const typed = typedRange((name) => c.req.query(name), now)
    const range = readRange(typed)
    if (!range.ok) {
      c.status(422)
      const props = { language, typed, isOwner, withContacts, errors: range.errors }
      const { title } = figuresWords(language).exports
      return c.render(<ExportsPage {...props} />, { title })
    }

    const { fees } = await readSettings(c.env.sql)
    const { body, done } = csvStream(
      tableOf(file, {
        sql: c.env.sql,
        words: figuresWords(language),
        now,
        from: range.from,
        until: range.until,
        withSimulated: c.env.provider.isPlayMoney,
        fees,
        withContacts,
      }),
    )
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', contentDisposition('attachment', nameOf(file, range)))
    c.header('x-robots-tag', 'noindex')
    // Nobody would read the body, nor say that it is not wanted.
    if (c.req.raw.method === 'HEAD') return c.body(null)
    // The database is needed after the answer has begun: on Workers it is closed after this.
    const { log } = c.env
    c.env.background(
      done.then((rows) => log('export.sent', { file, rows, withContacts, personId: person.id })),
    )
    return c.body(body)
  })
}

type AllAsked = Parameters<typeof ordersTable>[0]

function tableOf(file: ExportFile, asked: AllAsked) {
  switch (file) {
    case 'commandes':
      return ordersTable(asked)
    case 'paiements':
      return paymentsTable(asked)
    case 'livres':
      return booksTable(asked)
  }
}

function nameOf(file: ExportFile, { from, until }: { from: Date; until: Date }): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return `${file} du ${day(from.getTime())} au ${day(until.getTime() - 1)}.csv`
}
