import { Hono } from 'hono'
import type { Context } from 'hono'
import { cron, phone } from '../../doctor/checks/host.ts'
import { examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import { phoneKey } from '../../links/probe-keys.ts'
import { doctorWords } from '../../doctor/words/words.ts'
import { randomToken } from '../../lib/encoding.ts'
import { readForm } from '../../lib/form.ts'
import { refuseMethod } from '../../lib/methods.ts'
import { take } from '../../limits/limit.ts'
import { NO_TLS } from '../../contracts/mail.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { CheckUpPage } from './page.tsx'
import type { CheckUpPageProps } from './page.tsx'
import { checkUpWords } from './words.ts'

/** The doctor's page: what is red, and what to do about it. The owner's. */
export const checkUp = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4_096
const MAX_ADDRESS = 254
const LETTERS = { kind: 'doctor-letter', most: 5, windowMs: 60 * 60_000 }

checkUp.use(`${paths.checkUp}/*`, ownerOnly)

checkUp.get(paths.checkUp, (c) => show(c, {}))

checkUp.post(paths.checkUp, async (c) => {
  const findings = await examine(c.env, c.var.language)
  const red = findings.filter(({ isWell }) => !isWell)
  c.env.log('doctor.examined', { findings: findings.length, red: red.length })
  return show(c, { findings })
})
checkUp.all(paths.checkUp, refuseMethod('GET, HEAD, POST'))

checkUp.post(`${paths.checkUp}/courrier`, async (c) => {
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  const { mail } = c.env
  if (sent.kind !== 'read' || !mail) return renderFault(c, 400)
  const { language } = c.var
  const words = checkUpWords(language)
  const to = (sent.fields.get('to') ?? '').trim()
  const refuse = (error: string) => show(c, { mail: { to, error } }, 422)
  if (to.length > MAX_ADDRESS || !/^[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@"]+$/.test(to))
    return refuse(words.mailWrong)
  const taken = await take(c.env, [[LETTERS, String(c.var.person.id)]])
  if (taken.kind === 'over') return refuse(words.mailWait(taken.minutes))

  const { subject, text } = doctorWords(language).letter
  const key = `doctor-${randomToken()}`
  const letter = { key, to, replyTo: undefined, subject, text, html: `<p>${text}</p>` }
  const answer = await mail.send(letter)
  c.env.log('doctor.letter', { kind: answer.kind })
  if (answer.kind !== 'sent') {
    const { says, deed } = doctorWords(language).mailServer.noTls
    return refuse(answer.reason === NO_TLS ? `${says} ${deed}` : words.mailRefused(answer.reason))
  }
  return show(c, { mail: { to, note: words.mailSent(to) } })
})
checkUp.all(`${paths.checkUp}/courrier`, refuseMethod('POST'))

type Shown = { findings?: Finding[]; mail?: Omit<CheckUpPageProps['mail'], 'isSet'> }

async function show(c: Context<DeskEnv>, { findings, mail }: Shown, status: 200 | 422 = 200) {
  const { language } = c.var
  const { config, visitorAddress, now } = c.env
  const words = doctorWords(language)
  const [known, key, settings] = await Promise.all([
    findings ??
      Promise.all([cron(c.env, words), phone(c.env, words, language)]).then((all) => all.flat()),
    phoneKey(config.appSecret, visitorAddress, now()),
    currentSettings(c.env),
  ])
  c.status(status)
  return c.render(
    <CheckUpPage
      findings={known}
      isWhole={findings !== undefined}
      phoneAddress={absolute(config, paths.doctorPhone(key))}
      mail={{
        isSet: c.env.mail !== undefined,
        ...(mail ?? { to: settings.shop.email || settings.legal.email }),
      }}
      language={language}
    />,
    { title: checkUpWords(language).title },
  )
}
