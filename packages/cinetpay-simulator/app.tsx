import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { api } from './api.ts'
import { AboutPage } from './about-page.tsx'
import { readApiFaults } from './api-faults.ts'
import { trace } from './caller.ts'
import { readChoice, statesAfter } from './deeds.ts'
import type { SimulatedTransaction } from './ledger.ts'
import { asOfNow, record } from './life.ts'
import { complete, type SimulatorOptions } from './options.ts'
import { MissingPage, NoReturnPage, PaidPage, RefusedPage, ReturnPage } from './pages.tsx'
import { PaymentPage } from './payment-page.tsx'
import { returnScript, stylesheet } from './style.ts'
import { v1Api } from './v1/api.ts'
import { v1StatesAfter } from './v1/deeds.ts'
import { logInBook } from './v1/logins.ts'
import { returnAddress, returnsByGet } from './way-back.tsx'
import { preferred } from './words.ts'

export type { SimulatorOptions }

const BODY_LIMIT_BYTES = 64 * 1024

/** CinetPay, imitated for one merchant. It knows nothing of the shop but the addresses it is given. */
export function simulator(given: SimulatorOptions): Hono {
  const options = complete(given)
  const { ledger, url, now } = options
  const app = new Hono()

  const isToken = (text: string) => /^[0-9a-f]{110}$/.test(text)
  const find = async (token: string) => {
    const found = isToken(token) ? await ledger.findByToken(token) : undefined
    return found && asOfNow(found, options)
  }
  const missing = (c: Context) =>
    show(c, <MissingPage url={url} language={languageOf(c)} />, { status: 404 })

  app.use('*', bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: (c) => c.text('Trop long', 413) }))
  app.route('/v2', api(options))
  const logins = logInBook(options)
  if (options.v1) app.route('/v1', v1Api(options, options.v1, logins))
  app.notFound(missing)

  app.get('/', (c) =>
    show(c, <AboutPage options={options} language={languageOf(c)} />, { hasForm: true }),
  )
  app.get('/cdn-cgi/trace', (c) => trace(c, options))
  app.post('/faults', async (c) => {
    if (!options.v1 || options.isShared) return missing(c)
    const isJson = c.req.header('content-type')?.startsWith('application/json')
    const faults = readApiFaults(isJson ? await readJson(c) : await readForm(c), languageOf(c))
    if (typeof faults === 'string') {
      if (isJson) return c.json({ problem: faults }, 400)
      const page = <AboutPage options={options} problem={faults} language={languageOf(c)} />
      return show(c, page, { hasForm: true, status: 400 })
    }
    Object.assign(options.apiFaults, faults)
    if (faults.token !== '') logins.forget()
    return isJson ? c.json(faults) : c.redirect(`${url}/#api`, 303)
  })
  app.get('/style.css', (c) => asset(c, 'text/css', stylesheet))
  app.get('/return.js', (c) => asset(c, 'text/javascript', returnScript))

  // The newer API's pages are the same at another address.
  app.get('/checkout/:token', (c) => {
    const token = c.req.param('token')
    return isToken(token) ? c.redirect(`${url}/payment/${token}`, 303) : missing(c)
  })

  app.get('/payment/:token', async (c) => {
    const transaction = await find(c.req.param('token'))
    if (!transaction) return missing(c)
    const isPaid = transaction.state === 'ACCEPTED'
    const Page = isPaid ? PaidPage : PaymentPage
    return show(c, <Page url={url} transaction={transaction} />, {
      returnUrl: transaction.returnUrl,
    })
  })

  app.post('/payment/:token', async (c) => {
    const transaction = await find(c.req.param('token'))
    if (!transaction) return missing(c)
    const { returnUrl } = transaction
    const form = await readForm(c)

    if (form['deed'] === 'mend') {
      await ledger.save({ ...transaction, fault: '' })
      return c.redirect(`${url}/payment/${transaction.token}`, 303)
    }
    if (transaction.state === 'ACCEPTED')
      return show(c, <PaidPage url={url} transaction={transaction} />, { returnUrl, status: 409 })

    const choice = readChoice(form, transaction)
    if (typeof choice === 'string') {
      const typed = { ...transaction, phone: String(form['phone'] ?? '') }
      const page = <PaymentPage url={url} transaction={typed} problem={choice} />
      return show(c, page, { returnUrl, status: 400 })
    }

    const states = (transaction.v1 ? v1StatesAfter : statesAfter)(transaction, choice, now())
    for (const state of states) await record(state, options)
    return goBack(c, states.at(-1) ?? transaction, url)
  })

  return app
}

const languageOf = (c: Context) => preferred(c.req.header('accept-language'))

/** A customer who gave up is sent back; one who was refused may try again first. */
function goBack(c: Context, transaction: SimulatedTransaction, url: string) {
  const { state, code, fault, returnUrl } = transaction
  const props = { url, transaction }
  if (state === 'REFUSED' && code !== '627')
    return show(c, <RefusedPage {...props} />, { returnUrl })
  if (fault === 'no-return') return show(c, <NoReturnPage {...props} />, { returnUrl })
  if (returnsByGet(transaction)) return c.redirect(returnAddress(transaction), 303)
  return show(c, <ReturnPage {...props} />, { returnUrl, hasScript: true })
}

type Showing = {
  returnUrl?: string
  hasForm?: boolean
  hasScript?: boolean
  status?: 200 | 400 | 404 | 409
}

/** Browsers hold redirects to form-action too: the shop's origin covers what its return leads to. */
function show(c: Context, page: unknown, showing: Showing = {}) {
  const { returnUrl, hasForm, hasScript, status } = showing
  const shop = returnUrl && new URL(returnUrl).origin
  const forms = shop ? `'self' ${shop}` : hasForm ? "'self'" : "'none'"
  const scripts = hasScript ? "'self'" : "'none'"
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'self'; script-src ${scripts}; form-action ${forms}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  // Not `no-referrer`: the shop would then see the return come from the origin `null`.
  c.header('Referrer-Policy', 'strict-origin')
  return c.html(html`<!doctype html>${page}`, status ?? 200)
}

function asset(c: Context, type: string, text: string) {
  c.header('Cache-Control', 'public, max-age=3600')
  return c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` })
}

async function readJson(c: Context): Promise<Record<string, unknown>> {
  const fields: unknown = await c.req.json().catch(() => undefined)
  return typeof fields === 'object' && fields !== null ? { ...fields } : {}
}

async function readForm(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody()
  } catch {
    return {}
  }
}
