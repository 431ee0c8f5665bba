import * as v from 'valibot'
import { cron, phone } from '../../doctor/checks/host.ts'
import { examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import { phoneKey } from '../../links/probe-keys.ts'
import { doctorWords } from '../../doctor/words/words.ts'
import { randomToken } from '../../lib/encoding.ts'
import { take } from '../../limits/limit.ts'
import { NO_TLS } from '../../contracts/mail.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { absolute, paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { line } from '../deeds/fields.tsx'
import { CheckUpPage } from './page.tsx'
import { checkUpWords } from './words.ts'

const MAX_FORM_BYTES = 4_096
const MAX_ADDRESS = 254
const LETTERS = { kind: 'doctor-letter', most: 5, windowMs: 60 * 60_000 }

/** The doctor's page: what is red, and what to do about it. */
const lookAtAll = defineDeed({
  path: paths.checkUp,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  page: (visit, _, shown: Shown<More>) => showCheckUp(visit, shown),
  act: async ({ shop, language }) => {
    const findings = await examine(shop, language)
    const red = findings.filter(({ isWell }) => !isWell)
    shop.log('doctor.examined', { findings: findings.length, red: red.length })
    return { more: { findings } }
  },
})

const sendLetter = defineDeed({
  path: paths.tryMail,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  on: async ({ shop }) => shop.mail ?? fault(400),
  fields: ({ language }) => letterFields(language),
  within: (visit, _, shown: Shown<More>) => showCheckUp(visit, shown),
  act: async ({ shop, person, language }, mail, { to }) => {
    const words = checkUpWords(language)
    const refuse = (sentence: string) => ({ errors: { to: sentence } })
    const taken = await take(shop, [[LETTERS, String(person.id)]])
    if (taken.kind === 'over') return refuse(words.mailWait(taken.minutes))

    const { letter, mailServer } = doctorWords(language)
    const { subject, text } = letter
    const key = `doctor-${randomToken()}`
    const answer = await mail.send({
      key,
      to,
      replyTo: undefined,
      subject,
      text,
      html: `<p>${text}</p>`,
    })
    shop.log('doctor.letter', answer)
    if (answer.kind === 'sent') return { more: { mailNote: words.mailSent(to) } }
    const { says, deed } = mailServer.noTls
    return refuse(answer.reason === NO_TLS ? `${says} ${deed}` : words.mailFailed[answer.kind])
  },
})

export const doctorDeeds = [lookAtAll, sendLetter]

function letterFields(language: Language) {
  const { mailTo, mailText, mailWrong } = checkUpWords(language)
  return {
    to: line(
      { type: 'email', label: mailTo, hint: mailText, maxlength: MAX_ADDRESS },
      v.pipe(
        v.string(),
        v.trim(),
        v.maxLength(MAX_ADDRESS, mailWrong),
        v.regex(/^[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@"]+$/, mailWrong),
      ),
    ),
  }
}

type More = { findings?: Finding[]; mailNote?: string }

async function showCheckUp(visit: Visit, shown: Shown<More>): Promise<Page> {
  const { shop, language, now } = visit
  const words = doctorWords(language)
  const { findings, mailNote } = shown.more ?? {}
  const [known, key, settings] = await Promise.all([
    findings ??
      Promise.all([cron(shop, words), phone(shop, words, language)]).then((all) => all.flat()),
    phoneKey(shop.config.appSecret, shop.visitorAddress, now),
    currentSettings(shop),
  ])
  const typed = { to: settings.shop.email || settings.legal.email, ...shown.typed }
  return {
    title: checkUpWords(language).title,
    body: (
      <CheckUpPage
        findings={known}
        isWhole={findings !== undefined}
        phoneAddress={absolute(shop.config, paths.doctorPhone(key))}
        mail={shop.mail && { fields: letterFields(language), typed, errors: shown.errors }}
        mailNote={mailNote}
        language={language}
      />
    ),
  }
}
