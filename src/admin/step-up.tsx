import { Hono } from 'hono'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { isForScript, readForm } from '../forms/read.ts'
import { paths } from '../links/addresses.ts'
import { renderFault } from '../views/fault-page.tsx'
import { showStepUp } from './access/step-up-routes.tsx'
import { hasJustEntered } from './guard.ts'
import type { DeskEnv } from './guard.ts'
import { isFileKey } from './backup/file-key.ts'
import { EXPORT_FILES, isOfContacts } from './figures/tables.ts'

/**
 * What a borrowed or stolen session must not be enough for: whatever opens the desk for longer than
 * the session itself, whatever closes it to its owner, and everything that the shop holds at once.
 * The person signs in again for these, by password or passkey, unless that was minutes ago (OWASP
 * ASVS 5.0, 7.5.1 to 7.5.3), and the session is another one afterwards (7.2.4): a cookie that was
 * copied is worth nothing any more, just when it would have been worth most.
 *
 * Not here: a new password, whose own form asks for the old one; one order, one buyer, one price,
 * which a session is for, and whose every change is told in the ledger; the line with CRON_SECRET,
 * which makes the shop do its scheduled work and nothing else; the pieces of an archive that arrives, which
 * go on for hours, and were begun by somebody who had just entered.
 */
type Asked = {
  methods: ('GET' | 'POST')[]
  path: string
  /** Where to go afterwards. */
  page: (c: Context<DeskEnv>) => string
  /** The form holds nothing secret, so it is sent again unchanged, and nothing is typed twice. */
  isSentAgain?: boolean
  /** The condition, if not always. */
  when?: (c: Context<DeskEnv>) => boolean | Promise<boolean>
}

const toAccess = () => paths.access
const toBackups = () => paths.backups

export const STEP_UP_DEEDS: readonly Asked[] = [
  { methods: ['POST'], path: paths.addKeyQuestion, page: toAccess },
  { methods: ['POST'], path: paths.addKey, page: toAccess },
  {
    methods: ['GET'],
    path: paths.backupFile.pattern,
    page: (c) => paths.backup(c.req.param('id')!),
    when: async (c) => {
      const file = { suitcaseId: c.req.param('id')!, personId: c.var.person.id }
      return !(await isFileKey(c.env, file, c.req.query('cle') ?? ''))
    },
  },
  { methods: ['POST'], path: paths.startArrival, page: toBackups },
  ...EXPORT_FILES.map((file): Asked => ({
    methods: ['GET'],
    path: paths.exportFile(file),
    // The names and numbers of all buyers in one file.
    when: (c) => isOfContacts(file) || c.req.query('coordonnees') !== undefined,
    page: (c) => `${paths.exports}${new URL(c.req.url).search}`,
  })),
]

const MAX_FORM_BYTES = 32 * 1024

/**
 * Lets through a person who has just signed in; anybody else signs in again, then continues at
 * `page`.
 */
export const askAnew = ({ page, isSentAgain, when }: Omit<Asked, 'methods' | 'path'>) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    if (hasJustEntered(c) || (when && !(await when(c)))) return next()
    c.env.log('access.asked-anew', { personId: c.var.person.id })
    const prove = `${paths.stepUp}?suite=${encodeURIComponent(page(c))}`
    if (isForScript(c.req.raw)) return c.json({ prove }, 403)
    if (c.req.method !== 'POST' || !isSentAgain) return c.redirect(prove, 303)
    const form = await readForm(c.req.raw, MAX_FORM_BYTES)
    if (form.kind === 'too-large') return renderFault(c, 413)
    if (form.kind === 'malformed') return renderFault(c, 400)
    return showStepUp(c, { deed: c.req.path, fields: form.fields }, { status: 403 })
  })

/** Mounted behind `signedIn`, before the rooms. */
export const stepUp = new Hono<DeskEnv>()

for (const { methods, path, ...asked } of STEP_UP_DEEDS) stepUp.on(methods, path, askAnew(asked))
