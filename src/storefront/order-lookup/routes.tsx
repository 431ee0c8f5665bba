import { Hono } from 'hono'
import type { Context } from 'hono'
import { rememberDevice } from '../delivery/devices.ts'
import { orderKey } from '../../links/keys.ts'
import { typedIn } from '../../forms/parse.ts'
import { readPhone } from '../../forms/phone.ts'
import { isEmail, MAX_EMAIL_LENGTH, plainEmail } from '../../forms/shapes.ts'
import { withForm } from '../../forms/with-form.ts'
import { readCode } from '../../lib/crockford.ts'
import { plainReference } from '../../lib/reference.ts'
import { isAnswered, newQuestion } from '../../limits/question.ts'
import { limitWords } from '../../limits/words.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { find, listMailed, mailBooks } from './find.ts'
import { otherBooks } from './other-books.tsx'
import { BooksPage, FindPage, MailedPage } from './pages.tsx'
import type { FindErrors, FindTyped } from './pages.tsx'
import { findingWords } from './words.ts'

/**
 * A buyer who has lost the link: phone and code, or phone and the operator's reference, open that
 * order; the list of all books goes to the e-mail address that they bear.
 */
export const finding = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 8 * 1024
const MAX_TYPED_LENGTH = 100

finding.get(paths.find, async (c) => {
  const minutes = /^\d{1,2}$/.exec(c.req.query('achat') ?? '')?.[0]
  return show(c, {}, minutes ? { boughtAgo: Number(minutes) } : {})
})

finding.post(paths.find, withForm(MAX_FORM_BYTES), async (c) => {
  const { fields } = c.var
  const typed = typedIn(fields, ['country', 'phone', 'proof'], MAX_TYPED_LENGTH)
  const words = findingWords(c.var.language, c.env.provider.tells.reference).errors
  const number = await readPhone(typed, c.var.language)
  const hasProof = plainReference(typed.proof) !== ''
  if (!number.ok || !hasProof) {
    const errors = {
      ...(!number.ok && { phone: number.error }),
      ...(!hasProof && { proof: words.proof }),
    }
    return show(c, typed, { errors, status: 422 })
  }
  const isPerson = await isAnswered(c.env, fields)
  const found = await find(c.env, number.phoneE164, typed.proof, isPerson)
  c.set('outcome', `finding.${found.kind}`)
  switch (found.kind) {
    case 'found':
      await rememberDevice(c, found.order)
      return c.redirect(paths.order(await orderKey(c.env.config.appSecret, found.order)), 303)
    case 'not-found': {
      const proof = isMisread(typed.proof) ? words.misread : undefined
      const errors = { summary: words.notFound, ...(proof && { proof }) }
      return show(c, typed, { errors, status: 422 })
    }
    case 'wait':
      c.header('retry-after', String(found.minutes * 60))
      return show(c, typed, { errors: { summary: words.wait(found.minutes) }, status: 429 })
    case 'ask':
      return show(c, typed, { asksFor: 'proof', status: 429 })
  }
})

finding.get(paths.mailBooks, (c) => c.redirect(pathsIn(c.var.language).find, 303))

finding.post(paths.mailBooks, withForm(MAX_FORM_BYTES), async (c) => {
  const { fields } = c.var
  if (!c.env.mail) return c.redirect(pathsIn(c.var.language).find, 303)
  const email = plainEmail(fields.get('email') ?? '').slice(0, MAX_EMAIL_LENGTH)
  const typed = { country: '', phone: '', proof: '', email }
  if (!isEmail(email)) {
    const errors = { email: findingWords(c.var.language).errors.email }
    return show(c, typed, { errors, status: 422 })
  }
  if (!(await mailBooks(c.env, email, await isAnswered(c.env, fields))))
    return show(c, typed, { asksFor: 'email', status: 429 })
  return c.redirect(pathsIn(c.var.language).booksMailed, 303)
})

finding.get(paths.booksMailed, (c) => {
  const { language } = c.var
  const title = findingWords(language).mailed.title
  return c.render(<MailedPage language={language} />, { title })
})

finding.get(paths.mailedBooks.pattern, async (c) => {
  const books = await listMailed(c.env, c.req.param('key'))
  if (!books) return c.notFound()
  if (books === 'over') return c.redirect(pathsIn(c.var.language).find, 303)
  const { language } = c.var
  c.header('cache-control', 'private, no-store')
  c.header('x-robots-tag', 'noindex')
  const { title, ofEmail } = findingWords(language).books
  return c.render(<BooksPage books={books} lead={ofEmail} language={language} />, {
    title,
  })
})

finding.route('/', otherBooks)

type Shown = {
  errors?: FindErrors
  asksFor?: 'proof' | 'email'
  status?: 422 | 429
  boughtAgo?: number
}

async function show(
  c: Context<ShopEnv>,
  typed: Partial<FindTyped>,
  { status, asksFor, errors, boughtAgo }: Shown = {},
) {
  const { language } = c.var
  if (status) {
    c.status(status)
    c.header('cache-control', 'private, no-store')
  }
  const country =
    typed.country || (await currentSettings(c.env)).shop.country || c.env.config.country
  const question = asksFor && { of: asksFor, ...(await newQuestion(c.env, language)) }
  const summary = question && { summary: limitWords(language).summary }
  return c.render(
    <FindPage
      typed={{ phone: '', proof: '', email: '', ...typed, country }}
      errors={{ ...errors, ...summary }}
      question={question}
      boughtAgo={boughtAgo}
      hasMail={c.env.mail !== undefined}
      byReference={c.env.provider.tells.reference}
      language={language}
    />,
    { title: findingWords(language).title, ...(!status && { path: paths.find }) },
  )
}

/** Eight characters that look like a code, but with a wrong check digit. */
const isMisread = (typed: string) =>
  plainReference(typed).length === 8 && readCode(typed) === undefined
