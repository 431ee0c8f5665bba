import { Hono } from 'hono'
import { listBookChoices, listOrders, listSortedOrders } from '../../data/orders/desk-orders.ts'
import { listOpenDisputes } from '../../data/orders/disputes.ts'
import { listDamagedFiles } from '../../data/books/file-health.ts'
import { countToLookAt, listToLookAt, sumToLookAt } from '../../data/orders/to-look-at.ts'
import { paths } from '../../links/addresses.ts'
import { disputeRoutes } from '../disputes/routes.tsx'
import { showPage } from '../deeds/frame.tsx'
import type { DeskEnv } from '../guard.ts'
import { OrderListPage } from './list-page.tsx'
import { LookPage } from './look-page.tsx'
import { readFilter, readPage, readPlace, readSort, typedFilter } from './search.ts'
import { showOrder } from './show-order.tsx'
import { orderAt } from './subject.tsx'
import { orderWords } from './words.ts'

/** Orders at the desk: the list, what needs attention, a sale by hand, one order and its deeds. */
export const orders = new Hono<DeskEnv>()

orders.get(paths.deskOrders, async (c) => {
  const { language } = c.var
  const typed = typedFilter(c.req.query())
  const { filter, errors } = readFilter(typed)
  const place = readPlace(c.req.query())
  const sort = readSort(c.req.query())
  const page = readPage(c.req.query())
  const [list, books, counts, damaged] = await Promise.all([
    sort ? listSortedOrders(c.env.sql, filter, sort, page) : listOrders(c.env.sql, filter, place),
    listBookChoices(c.env.sql, filter.bookId),
    countToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
    listDamagedFiles(c.env.sql),
  ])
  return c.render(
    <OrderListPage
      list={list}
      sort={sort}
      page={page}
      typed={typed}
      errors={errors}
      books={books}
      toLookAt={sumToLookAt(counts, damaged.length)}
      isFurther={place !== undefined}
      language={language}
    />,
    { title: orderWords(language).title },
  )
})

orders.get(paths.toLookAt, async (c) => {
  const { language } = c.var
  const [counts, rows, disputes, damaged] = await Promise.all([
    countToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
    listToLookAt(c.env.sql, c.env.now(), c.env.provider.isPlayMoney),
    listOpenDisputes(c.env.sql),
    listDamagedFiles(c.env.sql),
  ])
  return c.render(<LookPage {...{ counts, rows, disputes, damaged, language }} />, {
    title: orderWords(language).look.title,
  })
})

orders.get(paths.deskOrder.pattern, showPage(orderAt, showOrder))
orders.route('/', disputeRoutes)
