import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { setupKey } from '../admin/access/keys.ts'
import { deskAssets } from '../admin/assets.ts'
import { app as shopApp } from '../app.tsx'
import { readConfig } from '../config.ts'
import { DatabaseUnavailable } from '../data/database.ts'
import { hasOwner } from '../data/people.ts'
import { base64url, randomBytes } from '../lib/encoding.ts'
import { readForm } from '../lib/form.ts'
import { describeError } from '../lib/log.ts'
import { paths } from '../urls.ts'
import { assets } from '../views/assets.ts'
import { preferredLanguage } from '../words/words.ts'
import { checksOf } from './checks.ts'
import { cookieOf, isCode, isCookie } from './code.ts'
import { stepPaths } from './frame.tsx'
import { CannotWrite } from './host.ts'
import type { Draft, Host } from './host.ts'
import { DoorPage, FailedPage, HostPage, PanelPage, WaitPage } from './pages.tsx'
import { show, showStep } from './steps.tsx'
import type { AskingStep, InstallerEnv } from './steps.tsx'
import {
  judgeDatabase,
  readAddress,
  readDatabase,
  readMail,
  readPayment,
  SETTLED_BY,
  typedDatabase,
  typedIn,
} from './settings.ts'
import type { Errors, Typed } from './settings.ts'
import { installerWords } from './words.ts'

/**
 * The installer: a site of its own, in the shop's place until the shop has settings, and never
 * after. Whoever shows the code of a file that only the host's owner can read is led through it;
 * anybody else sees the door. What was typed is kept in `data/`, so that each step can be left.
 */
export const installer = new Hono<InstallerEnv>({ strict: false })

const MAX_FORM_BYTES = 16 * 1024
const SECRET_BYTES = 32
const PANEL = '/installer/panneau'

const cookieName = (c: Context<InstallerEnv>) =>
  c.env.visit.isSecure ? '__Host-kiosque-installation' : 'kiosque-installation'

installer.use(async (c, next) => {
  c.set('language', preferredLanguage(c.req.header('accept-language')))
  await next()
  const { headers } = c.res
  const set = (name: string, value: string) => headers.has(name) || headers.set(name, value)
  set('cache-control', 'no-store')
  set(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  set('referrer-policy', 'same-origin')
  set('x-content-type-options', 'nosniff')
})

// These two ask nothing of a shop.
installer.route('/', assets as unknown as Hono<InstallerEnv>)
installer.route('/', deskAssets as unknown as Hono<InstallerEnv>)

installer.use(async (c, next) => {
  if (!c.env.isFinished()) return next()
  // The shop's own process is on its way.
  c.header('retry-after', '3')
  const { pathname, search } = new URL(c.req.url)
  const path = c.req.method === 'GET' ? pathname + search : paths.desk
  return show(c, <WaitPage language={c.var.language} path={path} />, 503)
})

/** A form that another site sent is refused, as at the desk (`ownForms`). */
installer.use(async (c, next) => {
  if (['GET', 'HEAD'].includes(c.req.method)) return next()
  const site = c.req.header('sec-fetch-site')
  const isOwn =
    site === undefined
      ? c.req.header('origin') === c.env.visit.origin
      : ['same-origin', 'none'].includes(site)
  return isOwn ? next() : c.text(installerWords(c.var.language).busy, 403)
})

installer.get('/installer', async (c) => {
  if (await isKnown(c)) return c.redirect(nextStep(await c.env.readDraft()), 303)
  const { file } = await c.env.secret()
  return show(c, <DoorPage language={c.var.language} file={file} />)
})

installer.post('/installer', async (c) => {
  const { language } = c.var
  const { door } = installerWords(language)
  const { code, file } = await c.env.secret()
  const minutes = await c.env.takeTry()
  if (minutes > 0) {
    c.header('retry-after', String(minutes * 60))
    return show(c, <DoorPage language={language} file={file} fault={door.wait(minutes)} />, 429)
  }
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  const typed = form.kind === 'read' ? (form.fields.get('code') ?? '') : ''
  if (!(await isCode(typed, code))) {
    c.env.log('installer.refused')
    return show(c, <DoorPage language={language} file={file} fault={door.wrong} />, 422)
  }
  c.env.log('installer.entered')
  setCookie(c, cookieName(c), await cookieOf(code), {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: c.env.visit.isSecure,
  })
  return c.redirect(stepPaths.host, 303)
})

// From here on for whoever showed the code.
installer.use(async (c, next) => {
  if (await isKnown(c)) return next()
  return c.req.method === 'GET'
    ? c.redirect('/installer', 303)
    : c.text(installerWords(c.var.language).busy, 503)
})

installer.get(stepPaths.host, async (c) => {
  const words = installerWords(c.var.language)
  const checks = checksOf(await c.env.look(), c.env, words)
  return show(c, <HostPage language={c.var.language} checks={checks} />)
})

const ASKING: readonly AskingStep[] = ['address', 'database', 'payment', 'mail']
for (const step of ASKING) {
  installer.get(stepPaths[step], async (c) => showStep(c, step, await kept(c.env, step)))

  installer.post(stepPaths[step], async (c) => {
    const form = await readForm(c.req.raw, MAX_FORM_BYTES)
    if (form.kind !== 'read') return c.text(installerWords(c.var.language).busy, 400)
    const typed = typedIn(step, form.fields)
    const isLater = step === 'mail' && form.fields.get('deed') === 'later'
    const read = isLater ? { settings: {} } : await readStep(c, step, typed)
    if ('errors' in read) return showStep(c, step, typed, read.errors)

    const draft = await c.env.readDraft()
    for (const name of SETTLED_BY[step]) delete draft[name]
    const settled: Draft = { ...draft, ...read.settings }
    const refused = faultsOf(c.env, settled)
    if (refused) {
      const says = installerWords(c.var.language).errors.refused(refused)
      return showStep(c, step, typed, { '': says })
    }
    await c.env.saveDraft(settled)
    const next = ASKING[ASKING.indexOf(step) + 1]
    return c.redirect(stepPaths[next ?? 'owner'], 303)
  })
}

async function readStep(c: Context<InstallerEnv>, step: AskingStep, typed: Typed) {
  const words = installerWords(c.var.language)
  switch (step) {
    case 'address': {
      const read = readAddress(typed, words)
      if ('errors' in read || !(await c.env.isDataPublic(read.settings['PUBLIC_URL']!))) return read
      return { errors: { address: words.address.visible } satisfies Errors }
    }
    case 'database': {
      const read = readDatabase(typed, words)
      if ('errors' in read) return read
      const look = await c.env.tryDatabase(read.settings['DATABASE_URL']!)
      if (look.kind === 'works' && Math.abs(look.aheadMs) > 1_000)
        c.env.log('clock.differs', { aheadMs: look.aheadMs })
      const errors = judgeDatabase(look, typed, words)
      if (errors) return { errors }
      return { settings: { ...read.settings, ...(await secrets(c.env, typed['secret'])) } }
    }
    case 'payment':
      return readPayment(typed, words)
    case 'mail':
      return readMail(typed, words)
  }
}

/** Made once; a shop that moved here brings its own, on which its links depend. */
async function secrets({ readDraft }: Host, brought: string | undefined): Promise<Draft> {
  const draft = await readDraft()
  const made = () => base64url(randomBytes(SECRET_BYTES))
  return {
    APP_SECRET: brought || draft['APP_SECRET'] || made(),
    CRON_SECRET: draft['CRON_SECRET'] ?? made(),
  }
}

/** What the start would refuse, once all is there that it looks at. */
function faultsOf({ environment }: Host, draft: Draft): string | undefined {
  if (!draft['SHOP_COUNTRY'] || !draft['APP_SECRET']) return undefined
  const given = Object.entries(environment).filter(([, value]) => value)
  const reading = readConfig({ ...draft, ...Object.fromEntries(given) })
  return reading.ok ? undefined : reading.faults.join(' ')
}

/** The first step that was not done. */
function nextStep(draft: Draft): string {
  if (!draft['PUBLIC_URL']) return stepPaths.host
  if (!draft['DATABASE_URL']) return stepPaths.database
  if (!draft['SHOP_COUNTRY']) return stepPaths.payment
  return stepPaths.mail
}

/** What an unfinished step shows: the address of this visit, and what stands to reason. */
async function kept({ readDraft, visit }: Host, step: AskingStep): Promise<Typed> {
  const draft = await readDraft()
  switch (step) {
    case 'address':
      return { address: draft['PUBLIC_URL'] ?? visit.origin }
    case 'database':
      return typedDatabase(draft['DATABASE_URL'])
    case 'payment':
      return { currency: draft['SHOP_CURRENCY'] ?? 'XOF', country: draft['SHOP_COUNTRY'] ?? 'ML' }
    case 'mail':
      return { mailPort: '465', from: draft['MAIL_FROM'] ?? '' }
  }
}

installer.get(stepPaths.owner, async (c) => {
  const draft = await c.env.readDraft()
  if (!draft['SHOP_COUNTRY']) return c.redirect(nextStep(draft), 303)
  const shop = await c.env.openShop(draft)
  if (await hasOwner(shop.sql)) return c.redirect(await finish(c, draft, paths.installed), 303)
  return c.redirect(paths.setup(await setupKey(shop.config.appSecret)), 303)
})

/** The owner is made by the shop's own page, before the shop is opened to anybody else. */
installer.all('/admin/installation/:key', async (c) => {
  const draft = await c.env.readDraft()
  if (!draft['SHOP_COUNTRY']) return c.redirect(nextStep(draft), 303)
  const shop = await c.env.openShop(draft)
  const answer = await shopApp.fetch(c.req.raw, shop)
  if (answer.status !== 303) return answer
  const headers = new Headers(answer.headers)
  headers.set('location', await finish(c, draft, paths.installed))
  return new Response(null, { status: 303, headers })
})

async function finish(c: Context<InstallerEnv>, draft: Draft, next: string): Promise<string> {
  return (await c.env.finish(draft)) === 'unwritable' ? PANEL : next
}

installer.get(PANEL, async (c) =>
  show(c, <PanelPage language={c.var.language} settings={await c.env.readDraft()} />),
)

installer.all('*', (c) => c.redirect('/installer', 303))

installer.onError((error, c) => {
  const words = installerWords(c.var.language)
  const answer = (says: string) => {
    c.header('retry-after', '30')
    return show(c, <FailedPage language={c.var.language} says={says} />, 503)
  }
  if (error instanceof CannotWrite) {
    c.env.log('file.unwritable', { path: error.path, why: error.why })
    return answer(words.unwritable(error.path, error.why))
  }
  c.env.log('installer.failed', describeError(error))
  return answer(error instanceof DatabaseUnavailable ? words.failed.database : words.failed.other)
})

async function isKnown(c: Context<InstallerEnv>): Promise<boolean> {
  const cookie = getCookie(c, cookieName(c))
  return cookie !== undefined && isCookie(cookie, (await c.env.secret()).code)
}
