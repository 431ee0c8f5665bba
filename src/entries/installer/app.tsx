import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { setupKey } from '../../admin/access/keys.ts'
import { deskAssets } from '../../admin/assets.ts'
import { app as shopApp } from '../../app.tsx'
import { DatabaseUnavailable } from '../../data/database.ts'
import { hasOwner } from '../../data/people/people.ts'
import { readForm } from '../../forms/read.ts'
import { describeError } from '../../lib/log.ts'
import { ownForms } from '../../forms/own-forms.ts'
import { paths } from '../../links/addresses.ts'
import { assets } from '../../views/assets.ts'
import { preferredLanguage } from '../../words/words.ts'
import { asking, nextStep } from './asking.tsx'
import { checksOf } from './checks.ts'
import { cookieOf, isCode, isCookie } from './code.ts'
import { stepPaths } from './frame.tsx'
import { CannotWrite } from '../../lib/safe-files.ts'
import type { Draft } from './host.ts'
import { DoorPage, FailedPage, HostPage, PanelPage, WaitPage } from './pages.tsx'
import { MAX_FORM_BYTES, show } from './steps.tsx'
import type { InstallerEnv } from './steps.tsx'
import { installerWords } from './words.ts'

/**
 * The installer: a site of its own, in the shop's place until there are settings, and never again.
 * Whoever knows the code, from a file that only the host's owner can read, is led through the
 * steps; everybody else sees the door. What was typed is kept in `data/`, so that each step can be
 * interrupted.
 */
export const installer = new Hono<InstallerEnv>({ strict: false })

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

installer.route('/', assets)
installer.route('/', deskAssets)

installer.use(async (c, next) => {
  if (!c.env.isFinished()) return next()
  // The shop's own process is starting.
  c.header('retry-after', '3')
  const { pathname, search } = new URL(c.req.url)
  const path = c.req.method === 'GET' ? pathname + search : paths.desk
  return show(c, <WaitPage language={c.var.language} path={path} />, 503)
})

installer.use(
  ownForms<InstallerEnv>(
    ({ env }) => env.visit.origin,
    (c) => c.text(installerWords(c.var.language).busy, 403),
  ),
)

installer.get(paths.installer, async (c) => {
  if (await isKnown(c)) return c.redirect(nextStep(await c.env.readDraft()), 303)
  const { file } = await c.env.secret()
  return show(c, <DoorPage language={c.var.language} file={file} />)
})

installer.post(paths.installer, async (c) => {
  const { language } = c.var
  const { door } = installerWords(language)
  const { code, file } = await c.env.secret()
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

// From here on, only for somebody who has given the code.
installer.use(async (c, next) => {
  if (await isKnown(c)) return next()
  return ['GET', 'HEAD'].includes(c.req.method)
    ? c.redirect(paths.installer, 303)
    : c.text(installerWords(c.var.language).busy, 503)
})

installer.get(stepPaths.host, async (c) => {
  const words = installerWords(c.var.language)
  const checks = checksOf(await c.env.look(), c.env, words)
  return show(c, <HostPage language={c.var.language} checks={checks} />)
})

installer.route('/', asking)

installer.get(stepPaths.owner, async (c) => {
  const draft = await c.env.readDraft()
  if (!draft['SHOP_COUNTRY']) return c.redirect(nextStep(draft), 303)
  const shop = await c.env.openShop(draft)
  if (await hasOwner(shop.sql)) return c.redirect(await finish(c, draft, paths.installed), 303)
  return c.redirect(paths.setup(await setupKey(shop.config.appSecret)), 303)
})

/** The owner is created on the shop's own page, before the shop is open to anybody else. */
installer.all(paths.setup.pattern, async (c) => {
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
  return (await c.env.finish(draft)) === 'unwritable' ? paths.installerPanel : next
}

installer.get(paths.installerPanel, async (c) =>
  show(c, <PanelPage language={c.var.language} settings={await c.env.readDraft()} />),
)

installer.all('*', (c) => c.redirect(paths.installer, 303))

installer.onError((error, c) => {
  const words = installerWords(c.var.language)
  const answer = (says: string) => {
    c.header('retry-after', '30')
    return show(c, <FailedPage language={c.var.language} says={says} />, 503)
  }
  if (error instanceof HTTPException) return c.text(words.busy, 400)
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
