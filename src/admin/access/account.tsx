import { Hono } from 'hono'
import type { Context } from 'hono'
import * as v from 'valibot'
import { listPasskeys, removePasskey, renamePasskey } from '../../data/people/passkeys.ts'
import { changePassword, findPerson } from '../../data/people/people.ts'
import type { ShownForPassword } from '../../data/people/people.ts'
import { endOtherSessions, endSessionOf, listSessions } from '../../data/people/sessions.ts'
import { readForm } from '../../lib/form.ts'
import { lookUp } from '../../lib/look-up.ts'
import { hashPassword, verifyPassword } from '../../lib/password.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { freshSince, hasJustEntered } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { AccountPage, WelcomePage } from './account-pages.tsx'
import type { AccountErrors } from './account-pages.tsx'
import { faultOf } from './new-password.ts'
import { passkeyScript } from '../scripts.ts'
import { oneLine } from './person-form.ts'
import { giveCookie, knownSession, newTicket } from './session.ts'
import { tryPassword } from './limits.ts'
import { accessWords, waitIn } from './words.ts'

/** One's own access: devices, passkeys, password. */
export const account = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 8 * 1024
const Label = v.pipe(v.string(), v.transform(oneLine), v.minLength(1), v.maxLength(60))
const done = (deed: string) => `${paths.access}?fait=${deed}`

account.get(paths.access, (c) => renderAccount(c))

account.get(paths.welcome, (c) => {
  const { language, person } = c.var
  return c.render(<WelcomePage language={language} name={person.name} />, {
    title: accessWords(language).welcome.title(person.name),
    scripts: [passkeyScript],
  })
})

account.post(paths.endDevices, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const { id: personId, sessionId } = c.var.person
  const which = form.fields.get('appareil') ?? ''
  if (which === 'autres') {
    const count = await endOtherSessions(c.env.sql, personId, sessionId)
    c.env.log('sessions.ended', { personId, count })
    return c.redirect(done('appareils'), 303)
  }
  if (!/^[1-9]\d{0,14}$/.test(which)) return renderFault(c, 400)
  // One that has ended by itself meanwhile is as good as ended.
  if (await endSessionOf(c.env.sql, personId, Number(which)))
    c.env.log('sessions.ended', { personId, count: 1 })
  return c.redirect(done('appareil'), 303)
})

account.post(paths.newPassword, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const words = accessWords(c.var.language)
  const { id: personId } = c.var.person
  const person = await findPerson(c.env.sql, personId)
  if (!person) return c.redirect(paths.signIn, 303)

  const password = form.fields.get('password') ?? ''
  const fault = faultOf(password, person.login)
  if (fault) {
    c.status(422)
    return renderAccount(c, { errors: { password: words.password.faults[fault] } })
  }

  const shown = await showForNewPassword(c, person, form.fields.get('present') ?? '')
  if (shown.kind === 'wait') {
    c.status(429)
    c.header('retry-after', String(shown.waitS))
    return renderAccount(c, { summary: words.door.wait(waitIn(words, shown.waitS)) })
  }
  const now = c.env.now()
  const { token, session } = await newTicket(c, 'password')
  const change = shown.kind === 'enough' && {
    personId,
    shown: shown.what,
    newHash: await hashPassword(password),
  }
  if (!change || !(await changePassword(c.env.sql, change, session, now))) {
    c.env.log('password.refused', { personId })
    c.status(422)
    return renderAccount(c, { errors: { present: words.errors.present } })
  }
  c.env.log('password.changed', { personId })
  giveCookie(c, token)
  return c.redirect(done('mot-de-passe'), 303)
})

account.post(paths.nameKey, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const label = v.safeParse(Label, form.fields.get('label') ?? '')
  if (!label.success) {
    c.status(422)
    return renderAccount(c, { summary: accessWords(c.var.language).errors.label })
  }
  const key = form.fields.get('cle') ?? ''
  if (!(await renamePasskey(c.env.sql, c.var.person.id, key, label.output))) return c.notFound()
  return c.redirect(done('nom'), 303)
})

account.post(paths.removeKey, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const personId = c.var.person.id
  const key = form.fields.get('cle') ?? ''
  if (await removePasskey(c.env.sql, personId, key)) {
    c.env.log('passkey.removed', { personId })
    return c.redirect(done('retiree'), 303)
  }
  const own = await listPasskeys(c.env.sql, personId)
  // A key that is no longer there was removed already, by a double tap.
  return c.redirect(done(own.some(({ id }) => id === key) ? 'derniere' : 'retiree'), 303)
})

/** Who has just come by passkey has shown more than a password; anybody else shows the old one. */
const isByKey = (c: Context<DeskEnv>) => hasJustEntered(c) && c.var.person.openedBy === 'passkey'

type Account = { login: string; passwordHash: string | null }

type Showing =
  { kind: 'enough'; what: ShownForPassword } | { kind: 'wait'; waitS: number } | { kind: 'wrong' }

/** What allows a new password (OWASP ASVS 5.0, 6.2.3). */
async function showForNewPassword(
  c: Context<DeskEnv>,
  { login, passwordHash }: Account,
  present: string,
): Promise<Showing> {
  const { sessionId } = c.var.person
  if (isByKey(c))
    return { kind: 'enough', what: { sessionId, openedSince: freshSince(c.env.now()) } }
  const attempt = await tryPassword(c.env, login, await knownSession(c, login))
  if (!attempt.admitted) return { kind: 'wait', waitS: attempt.waitS }
  const verdict = await verifyPassword(present, passwordHash)
  if (verdict === 'wrong' || passwordHash === null) {
    await attempt.failed()
    return { kind: 'wrong' }
  }
  await attempt.succeeded()
  return { kind: 'enough', what: { verifiedHash: passwordHash } }
}

type Refusal = { errors?: AccountErrors; summary?: string }

async function renderAccount(c: Context<DeskEnv>, refusal: Refusal = {}) {
  const { language, person } = c.var
  const [sessions, passkeys] = await Promise.all([
    listSessions(c.env.sql, person.id, c.env.now()),
    listPasskeys(c.env.sql, person.id),
  ])
  const words = accessWords(language).account
  const note = c.req.method === 'GET' ? lookUp(words.done, c.req.query('fait') ?? '') : undefined
  return c.render(
    <AccountPage
      language={language}
      person={person}
      sessions={sessions}
      passkeys={passkeys}
      asksPresent={!isByKey(c)}
      note={note}
      {...refusal}
    />,
    { title: words.title, scripts: [passkeyScript] },
  )
}
