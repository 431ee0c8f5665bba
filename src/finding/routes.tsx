import { Hono } from 'hono'
import type { Context } from 'hono'
import { readCode } from '../lib/crockford.ts'
import { readForm } from '../lib/form.ts'
import { refuseMethod } from '../lib/methods.ts'
import { plainReference } from '../lib/reference.ts'
import { currentSettings } from '../settings-cache.ts'
import type { ShopEnv } from '../shop.ts'
import { paths, pathsIn } from '../urls.ts'
import { renderFault } from '../views/fault-page.tsx'
import { readPhone } from '../views/phone-fields.tsx'
import { find, listFound } from './find.ts'
import { BooksPage, FindPage } from './pages.tsx'
import type { FindErrors, FindTyped } from './pages.tsx'
import { findingWords } from './words.ts'

/** A buyer who has lost the link: phone and code, or phone and the operator's reference. */
export const finding = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 8 * 1024

finding.get(paths.find, async (c) => {
  const country = (await currentSettings(c.env)).shop.country || c.env.config.country
  return show(c, { country, phone: '', proof: '' })
})

finding.post(paths.find, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const field = (name: string) => (form.fields.get(name) ?? '').slice(0, 100)
  const typed = { country: field('country'), phone: field('phone'), proof: field('proof') }
  const words = findingWords(c.var.language).errors
  const phoneE164 = await readPhone(typed)
  const hasProof = plainReference(typed.proof) !== ''
  if (!phoneE164 || !hasProof) {
    const errors = {
      ...(!phoneE164 && { phone: words.phone }),
      ...(!hasProof && { proof: words.proof }),
    }
    return show(c, typed, errors, 422)
  }
  const found = await find(c.env, phoneE164, typed.proof, c.var.language)
  c.set('outcome', `finding.${found.kind}`)
  switch (found.kind) {
    case 'found':
      return c.redirect(found.path, 303)
    case 'not-found': {
      const proof = isMisread(typed.proof) ? words.misread : undefined
      return show(c, typed, { summary: words.notFound, ...(proof && { proof }) }, 422)
    }
    case 'wait':
      c.header('retry-after', String(found.minutes * 60))
      return show(c, typed, { summary: words.wait(found.minutes) }, 429)
  }
})
finding.all(paths.find, refuseMethod('GET, HEAD, POST'))

finding.get('/retrouver/livres/:key', async (c) => {
  const books = await listFound(c.env, c.req.param('key'))
  if (!books) return c.notFound()
  if (books === 'over') return c.redirect(pathsIn(c.var.language).find, 303)
  const { language } = c.var
  c.header('cache-control', 'private, no-store')
  c.header('x-robots-tag', 'noindex')
  const title = findingWords(language).books.title
  return c.render(<BooksPage books={books} language={language} />, { title, isPrivate: true })
})
finding.all('/retrouver/livres/:key', refuseMethod('GET, HEAD'))

function show(c: Context<ShopEnv>, typed: FindTyped, errors?: FindErrors, status?: 422 | 429) {
  const { language } = c.var
  if (status) {
    c.status(status)
    c.header('cache-control', 'private, no-store')
  }
  const props = { typed, language, ...(errors && { errors }) }
  const title = findingWords(language).title
  return c.render(<FindPage {...props} />, { title, ...(!status && { path: paths.find }) })
}

/** Eight signs as a code has them, and its check digit says no. */
const isMisread = (typed: string) =>
  plainReference(typed).length === 8 && readCode(typed) === undefined
