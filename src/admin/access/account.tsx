import { Hono } from 'hono'
import type { Context } from 'hono'
import * as v from 'valibot'
import { listPasskeys, removePasskey, renamePasskey } from '../../data/people/passkeys.ts'
import { changePassword, findPerson } from '../../data/people/people.ts'
import type { ShownForPassword } from '../../data/people/people.ts'
import { endOtherSessions, endSessionOf, listSessions } from '../../data/people/sessions.ts'
import type { Person } from '../../data/people/sessions.ts'
import { withForm } from '../../forms/with-form.ts'
import { lookUp } from '../../lib/look-up.ts'
import { hashPassword, verifyPassword } from '../../lib/password.ts'
import { paths } from '../../links/addresses.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { hidden } from '../deeds/fields.tsx'
import { showPage, visitOf } from '../deeds/frame.tsx'
import { freshSince, isFresh } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { AccountPage, WelcomePage } from './account-pages.tsx'
import type { AccountErrors } from './account-pages.tsx'
import { faultOf } from './new-password.ts'
import { passkeyScript, showPasswordScript } from '../scripts.ts'
import { oneLine } from '../../forms/shapes.ts'
import { giveCookie, knownSession, newTicket } from './session.ts'
import { tryPassword } from './limits.ts'
import { accessWords, waitIn } from './words.ts'

/** A person's own access: devices, passkeys, password. */
export const account = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 8 * 1024
const Label = v.pipe(v.string(), v.transform(oneLine), v.minLength(1), v.maxLength(60))
const done = (deed: string) => `${paths.access}?fait=${deed}`

account.get(
  paths.access,
  showPage(
    () => Promise.resolve(null),
    (visit) => showAccount(visit, null),
  ),
)

account.get(paths.welcome, (c) => {
  const { language, person } = c.var
  return c.render(<WelcomePage language={language} name={person.name} />, {
    title: accessWords(language).welcome.title(person.name),
    scripts: [passkeyScript],
  })
})

const anAccount = { by: 'helper', within: showAccount } as const
/** Whatever opens the desk may be taken away only by somebody who has just signed in. */
const stepUp = { page: () => paths.access, isSentAgain: true }

const endSessions = defineDeed({
  ...anAccount,
  path: paths.endDevices,
  stepUp,
  fields: () => ({ appareil: hidden(v.pipe(v.string(), v.regex(/^(autres|[1-9]\d{0,14})$/))) }),
  act: async ({ shop, person: { id: personId, sessionId } }, _, { appareil }) => {
    if (appareil === 'autres') {
      const count = await endOtherSessions(shop.sql, personId, sessionId)
      shop.log('sessions.ended', { personId, count })
      return done('appareils')
    }
    // A session that has expired in the meantime counts as ended.
    if (await endSessionOf(shop.sql, personId, Number(appareil)))
      shop.log('sessions.ended', { personId, count: 1 })
    return done('appareil')
  },
})

const nameKey = defineDeed({
  ...anAccount,
  path: paths.nameKey,
  act: async ({ shop, person, sent, language }) => {
    const label = v.safeParse(Label, sent.get('label') ?? '')
    if (!label.success) return { clash: accessWords(language).errors.label, status: 422 }
    const key = sent.get('cle') ?? ''
    const isNamed = await renamePasskey(shop.sql, person.id, key, label.output)
    return isNamed ? done('nom') : fault(404)
  },
})

const removeKey = defineDeed({
  ...anAccount,
  path: paths.removeKey,
  stepUp,
  act: async ({ shop, person: { id: personId }, sent }) => {
    const key = sent.get('cle') ?? ''
    if (await removePasskey(shop.sql, personId, key)) {
      shop.log('passkey.removed', { personId })
      return done('retiree')
    }
    const own = await listPasskeys(shop.sql, personId)
    // A key that is already gone was removed by a double tap.
    return done(own.some(({ id }) => id === key) ? 'derniere' : 'retiree')
  },
})

export const accountDeeds = [endSessions, nameKey, removeKey]

/** Not a deed like the others: it opens a new session and sets its cookie. */
account.post(paths.newPassword, withForm(MAX_FORM_BYTES), async (c) => {
  const words = accessWords(c.var.language)
  const { id: personId } = c.var.person
  const person = await findPerson(c.env.sql, personId)
  if (!person) return c.redirect(paths.signIn, 303)

  const password = c.var.fields.get('password') ?? ''
  const fault = faultOf(password, person.login)
  if (fault) {
    return refuse(c, 422, { errors: { password: words.password.faults[fault] } })
  }

  const shown = await showForNewPassword(c, person, c.var.fields.get('present') ?? '')
  if (shown.kind === 'wait') {
    c.header('retry-after', String(shown.waitS))
    return refuse(c, 429, { clash: words.door.wait(waitIn(words, shown.waitS)) })
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
    return refuse(c, 422, { errors: { present: words.errors.present } })
  }
  c.env.log('password.changed', { personId })
  giveCookie(c, token)
  return c.redirect(done('mot-de-passe'), 303)
})

/** Signing in by passkey just now proves more than a password; everybody else gives the old one. */
const isByKey = (person: Person, now: Date) => isFresh(person, now) && person.openedBy === 'passkey'

type Account = { login: string; passwordHash: string | null }

type Showing =
  { kind: 'enough'; what: ShownForPassword } | { kind: 'wait'; waitS: number } | { kind: 'wrong' }

/** What must be shown before a new password is accepted (OWASP ASVS 5.0, 6.2.3). */
async function showForNewPassword(
  c: Context<DeskEnv>,
  { login, passwordHash }: Account,
  present: string,
): Promise<Showing> {
  const { sessionId } = c.var.person
  if (isByKey(c.var.person, c.env.now()))
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

/** The person's own page; `shown` holds the part of a form that was refused. */
async function showAccount(visit: Visit, _: unknown, shown?: Shown<never>): Promise<Page> {
  const { shop, language, person, now, query } = visit
  const [sessions, passkeys] = await Promise.all([
    listSessions(shop.sql, person.id, now),
    listPasskeys(shop.sql, person.id),
  ])
  const words = accessWords(language).account
  const props = {
    language,
    person,
    sessions,
    passkeys,
    asksPresent: !isByKey(person, now),
    note: shown ? undefined : lookUp(words.done, query('fait') ?? ''),
    errors: shown?.errors,
    summary: shown?.clash,
  }
  const scripts = [passkeyScript, showPasswordScript]
  return { title: words.title, scripts, body: <AccountPage {...props} /> }
}

type Refusal = { errors?: AccountErrors; clash?: string }

async function refuse(c: Context<DeskEnv>, status: 422 | 429, { errors = {}, clash }: Refusal) {
  const { body, ...frame } = await showAccount(visitOf(c), undefined, { typed: {}, errors, clash })
  c.status(status)
  return c.render(body as string, frame)
}
