import { Hono } from 'hono'
import { listBookChoices, listOrders } from '../../data/orders/desk-orders.ts'
import { listOpenCases } from '../../data/orders/disputes.ts'
import { listDamagedFiles } from '../../data/books/file-health.ts'
import { countToLookAt, listToLookAt } from '../../data/orders/to-look-at.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { cases as caseRoutes } from '../disputes/routes.tsx'
import { deeds } from './deeds.tsx'
import { OrderListPage } from './list-page.tsx'
import { LookPage } from './look-page.tsx'
import { copyScript } from './copy-script.ts'
import { sale } from './sale.tsx'
import { readFilter, readPlace, typedFilter } from './search.ts'
import { showOrder } from './show-order.tsx'
import { withForm, withOrder } from './with-order.ts'
import type { OrderEnv } from './with-order.ts'
import { orderWords } from './words.ts'

/** Orders at the desk: the list, what needs a look, a sale by hand, one order and its deeds. */
export const orders = new Hono<OrderEnv>()

orders.get(paths.deskOrders, async (c) => {
  const { language } = c.var
  const typed = typedFilter(c.req.query())
  const { filter, errors } = readFilter(typed)
  const place = readPlace(c.req.query())
  const [list, books, counts] = await Promise.all([
    listOrders(c.env.sql, filter, place),
    listBookChoices(c.env.sql, filter.bookId),
    countToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
  ])
  return c.render(
    <OrderListPage
      list={list}
      typed={typed}
      errors={errors}
      books={books}
      toLookAt={counts.cases + counts.reviews + counts.doubles + counts.givenBack}
      isFurther={place !== undefined}
      language={language}
    />,
    { title: orderWords(language).title },
  )
})

orders.get(paths.toLookAt, async (c) => {
  const { language } = c.var
  const [counts, rows, cases, damaged] = await Promise.all([
    countToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
    listToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
    listOpenCases(c.env.sql),
    listDamagedFiles(c.env.sql),
  ])
  return c.render(<LookPage {...{ counts, rows, cases, damaged, language }} />, {
    title: orderWords(language).look.title,
  })
})

orders.use(`${paths.deskOrders}/*`, withForm)
orders.route('/', sale)

orders.use(paths.deskOrder(':code'), withOrder)
orders.use(paths.deskDeed(':code', ':deed'), withOrder)

orders.get(paths.deskOrder(':code'), async (c) => {
  const { order, person, language } = c.var
  const page = await showOrder(c.env, { order, person, language, done: c.req.query('fait') })
  return c.render(page, {
    title: orderWords(language).order.title(spellCode(order.code)),
    scripts: [copyScript],
  })
})

orders.route('/', deeds)
orders.route('/', caseRoutes)
