import { Hono } from 'hono'
import type { Context } from 'hono'
import {
  acceptInvitation,
  enterByPassword,
  findPersonByLogin,
  hasOwner,
  makeOwner,
} from '../../data/people/people.ts'
import type { Invited } from '../../data/people/people.ts'
import { endSession, findPersonBySession } from '../../data/people/sessions.ts'
import { isForScript, readForm } from '../../forms/read.ts'
import { withForm } from '../../forms/with-form.ts'
import { hashPassword, verifyPassword } from '../../lib/password.ts'
import { isAnswered, newQuestion } from '../../limits/question.ts'
import type { Question } from '../../limits/question.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import {
  InvitationOverPage,
  InvitationPage,
  SetupPage,
  SignInPage,
  TooLatePage,
} from './door-pages.tsx'
import type { SetupPageProps } from './door-pages.tsx'
import { findInvitation } from './invitation.ts'
import { isSameKey, setupKey } from './keys.ts'
import { faultOf } from './new-password.ts'
import { ownPath } from './own-path.ts'
import { passkeyScript, showPasswordScript } from '../scripts.ts'
import { NOBODY, personTyped, plainLogin, readPerson } from './person-form.ts'
import {
  giveCookie,
  knownDevice,
  newTicket,
  rememberDevice,
  sessionHash,
  takeCookie,
} from './session.ts'
import { tryPassword } from './limits.ts'
import { WAITING_FIELDS, waitingIn } from './waiting-form.tsx'
import type { WaitingForm } from './waiting-form.tsx'
import { accessWords, waitIn } from './words.ts'

/**
 * The desk's door: signing in and out, first set-up, invitations. The owner is created only here,
 * at the address that the shop's console prints while there is none.
 */
export const door = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 8 * 1024
/** The longest form of the desk is the one of the legal texts. */
const MAX_WAITING_BYTES = 640 * 1024
/** Fields that must never be kept in a waiting form. */
const SECRETS = ['password', 'present', 'passphrase']

door.use(`${paths.desk}/*`, async (c, next) => {
  c.header('cache-control', 'private, no-store')
  await next()
})

door.get(paths.signIn, async (c) => {
  const next = ownPath(c.req.query('suite'))
  const token = await sessionHash(c)
  if (token && (await findPersonBySession(c.env.sql, token, c.env.now())))
    return c.redirect(next ?? paths.desk, 303)
  const words = accessWords(c.var.language).door
  const note = c.req.query('fait') === 'sorti' ? words.out : undefined
  return renderSignIn(c, { login: '', next, note })
})

door.post(paths.signIn, withForm(MAX_WAITING_BYTES + MAX_FORM_BYTES), async (c) => {
  const words = accessWords(c.var.language)
  const waiting = waitingIn(c.var.fields)
  const named = waiting ? WAITING_FIELDS : { login: 'login', password: 'password' }
  const login = plainLogin(c.var.fields.get(named.login) ?? '')
  const password = c.var.fields.get(named.password) ?? ''
  const next = waiting ? undefined : ownPath(c.var.fields.get('suite'))

  const isPerson = await isAnswered(c.env, c.var.fields)
  const attempt = await tryPassword(c.env, login, knownDevice(c), isPerson)
  if (!attempt.admitted) {
    c.status(429)
    if (attempt.mayAnswer) {
      const question = await newQuestion(c.env, c.var.language)
      return renderSignIn(c, { login, next, waiting, fault: words.door.asked, question })
    }
    c.header('retry-after', String(attempt.waitS))
    const fault = words.door.wait(waitIn(words, attempt.waitS))
    return renderSignIn(c, { login, next, waiting, fault })
  }

  const person = await findPersonByLogin(c.env.sql, login)
  const verdict = await verifyPassword(password, person?.passwordHash ?? null)
  const ticket = await newTicket(c, 'password')
  const proof = person?.passwordHash && {
    personId: person.id,
    verifiedHash: person.passwordHash,
    newHash: verdict === 'right, to be hashed anew' ? await hashPassword(password) : undefined,
  }
  const entered =
    proof &&
    verdict !== 'wrong' &&
    (await enterByPassword(c.env.sql, proof, ticket.session, c.env.now()))
  if (!entered) {
    await attempt.failed()
    c.env.log('access.refused', { by: 'password' })
    c.status(422)
    return renderSignIn(c, { login, next, waiting, fault: words.door.wrong })
  }

  await attempt.succeeded()
  c.env.log('access.entered', { by: 'password', personId: person!.id })
  giveCookie(c, ticket.token)
  await rememberDevice(c, login)
  return waiting ? c.redirect(waiting.deed, 307) : c.redirect(next ?? paths.desk, 303)
})

door.post(paths.signOut, async (c) => {
  const hash = await sessionHash(c)
  if (hash) await endSession(c.env.sql, hash)
  takeCookie(c)
  return c.redirect(`${paths.signIn}?fait=sorti`, 303)
})

door.get(paths.setup.pattern, async (c) => {
  const key = c.req.param('key')
  if (!(await opensSetup(c.env, key))) return c.notFound()
  return renderSetup(c, { setupKey: key, typed: NOBODY })
})

door.post(paths.setup.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const key = c.req.param('key')
  if (!(await opensSetup(c.env, key))) return c.notFound()

  const { language } = c.var
  const words = accessWords(language)
  const typed = personTyped(c.var.fields)
  const password = c.var.fields.get('password') ?? ''
  const { person, errors } = readPerson(typed, words)
  const fault = faultOf(password, plainLogin(typed.login))
  if (fault) errors.password = words.password.faults[fault]
  if (!person || fault) {
    c.status(422)
    return renderSetup(c, { setupKey: key, typed, errors })
  }

  const ticket = await newTicket(c, 'password')
  const owner = { ...person, passwordHash: await hashPassword(password) }
  const ownerId = await makeOwner(c.env.sql, owner, ticket.session, c.env.now())
  if (ownerId === undefined) {
    c.status(409)
    return c.render(<TooLatePage language={language} />, { title: words.setup.late })
  }
  c.env.log('owner.made', { personId: ownerId })
  giveCookie(c, ticket.token)
  await rememberDevice(c, person.login)
  return c.redirect(paths.welcome, 303)
})

door.get(paths.invitation.pattern, async (c) => {
  const key = c.req.param('key')
  const invited = await findInvitation(c.env, key)
  return invited ? renderInvitation(c, key, invited) : renderInvitationOver(c)
})

door.post(paths.invitation.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const key = c.req.param('key')
  const invited = await findInvitation(c.env, key)
  if (!invited) return renderInvitationOver(c)

  const { login } = invited
  const password = c.var.fields.get('password') ?? ''
  const fault = faultOf(password, login)
  if (fault) {
    c.status(422)
    return renderInvitation(c, key, invited, accessWords(c.var.language).password.faults[fault])
  }

  const { token, session } = await newTicket(c, 'password')
  const hash = await hashPassword(password)
  if (!(await acceptInvitation(c.env.sql, invited, hash, session, c.env.now())))
    return renderInvitationOver(c)
  c.env.log('invitation.accepted', { personId: invited.id })
  giveCookie(c, token)
  await rememberDevice(c, login)
  return c.redirect(paths.welcome, 303)
})

/** Only while there is no owner, and only with the right key. */
async function opensSetup({ config, sql }: Shop, key: string): Promise<boolean> {
  return isSameKey(key, await setupKey(config.appSecret)) && !(await hasOwner(sql))
}

function renderSetup(c: Context<ShopEnv>, shown: Omit<SetupPageProps, 'language'>) {
  const { language } = c.var
  const { title } = accessWords(language).setup
  const scripts = [showPasswordScript]
  return c.render(<SetupPage language={language} {...shown} />, { title, scripts })
}

function renderInvitation(c: Context<ShopEnv>, key: string, invited: Invited, error?: string) {
  const { language } = c.var
  const { name, login } = invited
  const props = { language, invitationKey: key, name, login, error }
  const title = accessWords(language).invitation.title(name)
  return c.render(<InvitationPage {...props} />, { title, scripts: [showPasswordScript] })
}

function renderInvitationOver(c: Context<ShopEnv>) {
  c.status(404)
  const { language } = c.var
  const title = accessWords(language).invitation.over
  return c.render(<InvitationOverPage language={language} />, { title })
}

/**
 * What somebody hears at any address behind the door: sign in, and go on. A session ends in the middle of a long
 * text: what was typed waits on the page, and is sent as it was as soon as somebody has signed in. Not
 * kept: a form with a password in it, which no page may repeat; a file, which is chosen again; and a form that is too
 * large with its file, of which the browser still has the texts on the page before.
 */
export async function askToSignIn(c: Context<ShopEnv>): Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const isRead = ['GET', 'HEAD'].includes(c.req.method)
  const page = isRead ? pathname + search : (pageBefore(c) ?? paths.desk)
  const toSignIn = `${paths.signIn}?suite=${encodeURIComponent(page)}`
  const deed = ownPath(pathname + search)
  if (isRead || !deed || isForScript(c.req.raw)) return c.redirect(toSignIn, 303)

  const form = await readForm(c.req.raw, MAX_WAITING_BYTES, { files: 'perhaps' })
  const words = accessWords(c.var.language).door
  if (form.kind === 'too-large') {
    c.status(403)
    return renderSignIn(c, { login: '', next: page, note: words.overTooLarge })
  }
  const fields = form.kind === 'read' ? form.fields : new Map<string, string>()
  if (fields.size === 0 || SECRETS.some((name) => fields.has(name)))
    return c.redirect(toSignIn, 303)
  const hasFile = form.kind === 'read' && form.files.size > 0
  c.status(403)
  return renderSignIn(c, {
    login: '',
    next: undefined,
    waiting: { deed, fields },
    note: hasFile ? `${words.over} ${words.fileAgain}` : words.over,
  })
}

/** The page of the desk that the form was on. */
function pageBefore(c: Context<ShopEnv>) {
  const referer = c.req.header('referer') ?? ''
  if (!URL.canParse(referer)) return undefined
  const { pathname, search } = new URL(referer)
  return ownPath(pathname + search)
}

type SignIn = {
  login: string
  next: string | undefined
  waiting?: WaitingForm | undefined
  fault?: string | undefined
  note?: string | undefined
  question?: Question
}

async function renderSignIn(c: Context<ShopEnv>, shown: SignIn) {
  const { language } = c.var
  const isOwned = await hasOwner(c.env.sql)
  return c.render(<SignInPage language={language} hasOwner={isOwned} {...shown} />, {
    title: accessWords(language).door.title,
    scripts: [passkeyScript, showPasswordScript],
  })
}
