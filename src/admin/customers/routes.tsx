import { Hono } from 'hono'
import { listCustomers } from '../../data/people/customers.ts'
import { paths } from '../../links/addresses.ts'
import { showPage } from '../deeds/frame.tsx'
import type { DeskEnv } from '../guard.ts'
import { readId, readSearch } from '../orders/search.ts'
import { choiceOf, customerAt, showCustomer } from './deeds.tsx'
import { CustomersPage } from './list-page.tsx'
import { customerWords } from './words.ts'

/** Everybody who bought something, by phone number. */
export const customers = new Hono<DeskEnv>()

customers.get(paths.customers, async (c) => {
  const { language, person } = c.var
  const typed = c.req.query('q')?.trim() ?? ''
  const { name, phoneEnds } = readSearch(typed)
  const filter = {
    ...(await choiceOf(c.env)),
    ...(typed && { search: { name, phoneEnds } }),
  }
  const olderThan = readId(c.req.query('avant') ?? '')
  const props = {
    customers: await listCustomers(c.env.sql, filter, olderThan),
    typed,
    isOwner: person.role === 'owner',
    isFurther: olderThan !== undefined,
    language,
  }
  return c.render(<CustomersPage {...props} />, { title: customerWords(language).title })
})

customers.get(paths.customer.pattern, showPage(customerAt, showCustomer))
