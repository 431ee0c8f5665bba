import { Hono } from 'hono'
import type { Context } from 'hono'
import { listPasskeys } from '../../data/people/passkeys.ts'
import { enterByPassword, findPerson } from '../../data/people/people.ts'
import { withForm } from '../../forms/with-form.ts'
import { hashPassword, verifyPassword } from '../../lib/password.ts'
import { paths } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { ownPath } from './own-path.ts'
import { enterByKey } from './passkey-routes.ts'
import { passkeyScript } from '../scripts.ts'
import { askForKey } from './passkeys.ts'
import { giveCookie, knownSession, newTicketAgain, rememberDevice } from './session.ts'
import { StepUpPage } from './step-up-page.tsx'
import type { Next } from './step-up-page.tsx'
import { tryPassword } from './limits.ts'
import { WAITING_FIELDS, waitingIn } from './waiting-form.tsx'
import { accessWords, waitIn } from './words.ts'

/**
 * A signed-in person signs in once more (`../step-up.tsx` says what for): a new session replaces
 * the old one, and what was wanted goes on: a page, or the form exactly as it was sent (307).
 */
export const stepUpRoutes = new Hono<DeskEnv>()

/** Room for the fields of the waiting form. */
const MAX_FORM_BYTES = 40 * 1024

stepUpRoutes.get(paths.stepUp, (c) =>
  showStepUp(c, { page: ownPath(c.req.query('suite')) ?? paths.desk }),
)

stepUpRoutes.post(paths.stepUp, withForm(MAX_FORM_BYTES), async (c) => {
  const next = nextIn(c.var.fields)
  const person = await findPerson(c.env.sql, c.var.person.id)
  if (!person) return c.redirect(paths.signIn, 303)

  const words = accessWords(c.var.language)
  const attempt = await tryPassword(c.env, person.login, await knownSession(c, person.login))
  if (!attempt.admitted) {
    c.header('retry-after', String(attempt.waitS))
    const fault = words.door.wait(waitIn(words, attempt.waitS))
    return showStepUp(c, next, { status: 429, fault })
  }
  const password = c.var.fields.get(WAITING_FIELDS.password) ?? ''
  const verdict = await verifyPassword(password, person.passwordHash)
  const proof = person.passwordHash !== null && {
    personId: c.var.person.id,
    verifiedHash: person.passwordHash,
    newHash: verdict === 'right, to be hashed anew' ? await hashPassword(password) : undefined,
  }
  const { token, session } = await newTicketAgain(c, 'password')
  const entered =
    proof && verdict !== 'wrong' && (await enterByPassword(c.env.sql, proof, session, c.env.now()))
  if (!entered) {
    await attempt.failed()
    c.env.log('access.refused', { by: 'password', anew: true })
    return showStepUp(c, next, { status: 422, error: words.errors.present })
  }
  await attempt.succeeded()
  c.env.log('access.entered', { by: 'password', anew: true, personId: c.var.person.id })
  giveCookie(c, token)
  await rememberDevice(c, person.login)
  return 'deed' in next ? c.redirect(next.deed, 307) : c.redirect(next.page, 303)
})

stepUpRoutes.post(paths.stepUpQuestion, async (c) => {
  return c.json(await askForKey(c.env, c.var.person))
})

stepUpRoutes.post(paths.stepUpByKey, async (c) =>
  enterByKey(c, await newTicketAgain(c, 'passkey'), c.var.person),
)

/** What waits, read back from the page's hidden fields. */
const nextIn = (fields: ReadonlyMap<string, string>): Next =>
  waitingIn(fields) ?? { page: ownPath(fields.get(WAITING_FIELDS.page)) ?? paths.desk }

type Shown = { status?: 200 | 403 | 422 | 429; fault?: string; error?: string }

/** The page that asks for it; `next` is what waits. */
export async function showStepUp(
  c: Context<DeskEnv>,
  next: Next,
  { status = 200, fault, error }: Shown = {},
) {
  const { language, person } = c.var
  const [account, keys] = await Promise.all([
    findPerson(c.env.sql, person.id),
    listPasskeys(c.env.sql, person.id),
  ])
  c.status(status)
  return c.render(
    <StepUpPage
      language={language}
      login={account?.login ?? ''}
      hasPassword={account?.passwordHash != null}
      hasKeys={keys.length > 0}
      isOwner={person.role === 'owner'}
      next={next}
      fault={fault}
      error={error}
    />,
    { title: accessWords(language).stepUp.title, scripts: [passkeyScript] },
  )
}
