import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { readConfig } from '../../src/config/config.ts'
import { examine } from '../../src/doctor/examine.ts'
import { readMail } from '../../src/entries/installer/settings.ts'
import { installerWords } from '../../src/entries/installer/words.ts'
import { openMail } from '../../src/mail/carrier.ts'
import type { MailSettings } from '../../src/config/mail.ts'
import type { Letter, Mail } from '../../src/contracts/mail.ts'
import { makeCertificate } from '../support/certificate.ts'
import type { Certificate } from '../support/certificate.ts'
import { signIn } from '../support/desk.ts'
import { openMailInWorkerd } from '../support/mail-in-workerd.ts'
import { aBook, anOrder, atCinetpay, openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { smtpLine } from '../support/smtp-line.ts'

const LETTER: Letter = {
  key: 'receipt-17',
  to: 'awa@example.com',
  replyTo: undefined,
  subject: 'Votre livre',
  text: 'Votre livre est là.',
  html: '<p>Votre livre est là.</p>',
}
const MAIL_FROM = 'Chez Moussa <livres@livres.example.net>'
/** Leads to this machine, and is not one of its own names. */
const ELSEWHERE = '127.1'
const LOGIN = 'moussa:tres-secret'
const PASSWORD = 'tres-secret'
const IN_CLEAR = [PASSWORD, btoa(PASSWORD), btoa('\0moussa\0tres-secret')]

type Smtp = Extract<MailSettings, { kind: 'smtp' }>
const openOnNode = (settings: Smtp) => openMail(settings, fetch)!

let workerd: Awaited<ReturnType<typeof openMailInWorkerd>>
let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate(ELSEWHERE)
  workerd = await openMailInWorkerd([certificate])
})
afterAll(() => workerd?.close())

const open: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
async function aLine(...given: Parameters<typeof smtpLine>) {
  const line = await smtpLine(...given)
  open.push(line.close)
  return line
}

const settingsOf = (environment: Record<string, string>): Smtp => {
  const reading = readConfig({ ...SETTINGS, MAIL_FROM, ...environment })
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  return reading.config.mail as Smtp
}
const faultsOf = (environment: Record<string, string>) => {
  const reading = readConfig({ ...SETTINGS, MAIL_FROM, ...environment })
  return reading.ok ? [] : reading.faults
}

describe.each([
  ['Node', (settings: Smtp) => openOnNode(settings)],
  ['workerd', (settings: Smtp): Mail => workerd.mailOf(settings)],
])('from %s, a password', (runtime, carry) => {
  const refusals = [
    ['does not know STARTTLS', {}],
    ['lost the word on its way', { starttls: '502 5.5.1 unknown' }],
    ['says not now', { announces: true, starttls: '454 4.7.0 TLS not available' }],
    ['says never', { announces: true, starttls: '554 5.7.3 no' }],
    ['knows HELO alone', { knowsEhlo: false }],
  ] as const
  it.each(refusals)('is not given to a server that %s, nor is the letter', async (_, given) => {
    const line = await aLine(given)
    const mail = carry(settingsOf({ SMTP_URL: `smtp://${LOGIN}@${ELSEWHERE}:${line.port}` }))
    expect(await mail.send(LETTER)).toEqual({ kind: 'later', reason: 'no-tls' })
    expect(line.heard.clear).toMatch(/^EHLO /)
    for (const word of ['AUTH', 'MAIL', ...IN_CLEAR]) expect(line.heard.clear).not.toContain(word)
    expect(line.heard.secret).toBe('')
  })

  it('is given under TLS alone, whatever was slipped in before it', async () => {
    const starttls = '220 go ahead\r\n250-line\r\n250 AUTH PLAIN\r\n235 welcome'
    const line = await aLine({ certificate, announces: true, starttls })
    const mail = carry(settingsOf({ SMTP_URL: `smtp://${LOGIN}@${ELSEWHERE}:${line.port}` }))
    const answer = await mail.send(LETTER)
    for (const word of ['AUTH', 'MAIL', ...IN_CLEAR]) expect(line.heard.clear).not.toContain(word)
    // Only workerd was told of this certificate: Node reads such at its start.
    if (runtime === 'Node') {
      expect(answer.kind).toBe('later')
      expect(line.heard.secret).toBe('')
    } else {
      expect(answer).toEqual({ kind: 'sent' })
      expect(line.heard.secret).toMatch(/^EHLO [^]*AUTH PLAIN/)
    }
  })

  it.each([
    'ignoreTLS=true',
    'requireTLS=false',
    'opportunisticTLS=true',
    'secured=true',
    'tls.rejectUnauthorized=false',
    'secure=false&ignoreTLS=1',
  ])('is not given for a word in the address that undoes it: %s', async (query) => {
    const line = await aLine({ announces: true, starttls: '502 unknown' })
    const url = `smtp://${LOGIN}@${ELSEWHERE}:${line.port}?${query}`
    const name = query.split('=')[0]!
    expect(faultsOf({ SMTP_URL: url })).toEqual([expect.stringContaining(`"${name}"`)])
    const mail = carry({ kind: 'smtp', url, from: MAIL_FROM, perHour: 60 })
    expect((await mail.send(LETTER)).kind).toBe('later')
    for (const word of IN_CLEAR) expect(line.heard.clear).not.toContain(word)
  })

  it('leaves in clear where the host said so, by its own setting', async () => {
    const line = await aLine()
    const SMTP_URL = `smtp://${LOGIN}@${ELSEWHERE}:${line.port}`
    const mail = carry(settingsOf({ SMTP_URL, SMTP_ALLOW_CLEARTEXT_PASSWORD: 'on' }))
    expect(await mail.send(LETTER)).toEqual({ kind: 'sent' })
    expect(line.heard.clear).toContain(btoa('\0moussa\0tres-secret'))
  })

  it('leaves in clear to this machine itself', async () => {
    const line = await aLine()
    const mail = carry(settingsOf({ SMTP_URL: `smtp://${LOGIN}@127.0.0.1:${line.port}` }))
    expect(await mail.send(LETTER)).toEqual({ kind: 'sent' })
  })

  it('is not there to be lost, where a relay asks for none', async () => {
    const line = await aLine()
    const mail = carry(settingsOf({ SMTP_URL: `smtp://${ELSEWHERE}:${line.port}` }))
    expect(await mail.send(LETTER)).toEqual({ kind: 'sent' })
    expect(line.heard.clear).not.toContain('AUTH')
  })
})

describe('an address of a mail server', () => {
  it.each([
    'smtps://a:b@mail.example.com',
    'smtps://a:b@mail.example.com:465/',
    'smtp://a:b@mail.example.com:587',
    'smtp://a:b@mail.example.com:587?requireTLS=true',
    'smtp://a:b@localhost:25?ignoreTLS=true',
    'smtp://a:b@127.4.5.6:25?ignoreTLS=true',
    'smtp://a:b@[::1]:25?ignoreTLS=true',
    'smtp://relay.example.com:25?ignoreTLS=true',
  ])('may be %s', (SMTP_URL) => {
    expect(faultsOf({ SMTP_URL })).toEqual([])
  })

  it.each([
    ['smtp://a:b@mail.example.com?ignoreTLS=true', '"ignoreTLS"'],
    ['smtp://a:b@localhost.example.com?ignoreTLS=true', '"ignoreTLS"'],
    ['smtp://a:b@127.0.0.1.example.com?ignoreTLS=true', '"ignoreTLS"'],
    ['smtp://a:b@[::ffff:127.0.0.1]?ignoreTLS=true', '"ignoreTLS"'],
    ['smtps://a:b@mail.example.com?tls.rejectUnauthorized=false', '"tls.rejectUnauthorized"'],
    ['smtps://a:b@localhost?sendmail=true', '"sendmail"'],
    ['smtps://a:b@localhost?proxy=x', '"proxy"'],
    ['smtp://a:b@mail.example.com#x', 'not a mail server'],
  ])('may not be %s', (SMTP_URL, says) => {
    expect(faultsOf({ SMTP_URL })).toEqual([expect.stringContaining(says)])
  })

  it.each([
    [{ mailHost: 'mail.example.com', mailPort: '465' }, /^smtps:\/\/[^?]+:465$/],
    [{ mailHost: 'mail.example.com', mailPort: '587' }, /^smtp:\/\/[^?]+:587\?requireTLS=true$/],
    [{ mailHost: 'localhost', mailPort: '25' }, /^smtp:\/\/[^?]+@localhost:25$/],
  ])('of the installer asks for encryption: %o', (typed, shape) => {
    const given = { from: 'livres@example.com', mailUser: '', mailPassword: 'a/b?c#d@e%', ...typed }
    const reading = readMail(given, installerWords('fr')) as { settings: Record<string, string> }
    expect(reading.settings['SMTP_URL']).toMatch(shape)
    expect(faultsOf({ SMTP_URL: reading.settings['SMTP_URL']! })).toEqual([])
  })
})

describe('the refusal is told', () => {
  let test: TestShop
  let line: Awaited<ReturnType<typeof smtpLine>>
  beforeAll(async () => {
    test = await openTestShop()
    line = await smtpLine()
    const SMTP_URL = `smtp://${LOGIN}@${ELSEWHERE}:${line.port}`
    Object.assign(test.shop.config, { mail: settingsOf({ SMTP_URL }) })
    test.shop.mail = openOnNode(settingsOf({ SMTP_URL }))
    await aBook(test)
  })
  afterAll(async () => {
    line?.close()
    await test?.close()
  })
  const mailLines = async (language: 'fr' | 'en') =>
    (await examine(test.shop, language)).filter(({ name }) => /^(?:E-mail|Mail)/.test(name))

  it('by the desk’s trial letter, with what to do', async () => {
    const moussa = await signIn(test)
    const answer = await moussa.post('/admin/diagnostic/courrier', { to: 'moussa@example.org' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('le mot de passe partirait en clair')
    expect(page).toContain('smtps://')
  })

  it('by the doctor, who sends nothing, in both languages', async () => {
    const before = line.heard.clear.length
    expect(await mailLines('fr')).toContainEqual({
      name: 'E-mail\u00a0: serveur',
      isWell: false,
      says: expect.stringContaining('le mot de passe partirait en clair'),
      deed: expect.stringContaining('smtps://'),
    })
    expect(await mailLines('en')).toContainEqual({
      name: 'Mail: server',
      isWell: false,
      says: expect.stringContaining('the password would leave in clear'),
      deed: expect.stringContaining('smtps://'),
    })
    expect(line.heard.clear.slice(before)).not.toMatch(/AUTH|MAIL/)
  })

  it('of a receipt that waits, which leaves once the address is mended', async () => {
    const order = await anOrder(test, 'le-livre', { email: 'awa@example.com' })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const message = async () =>
      (await test.sql`select state, fault from messages where kind = 'receipt'`)[0]
    expect(await message()).toMatchObject({ state: 'due', fault: 'no-tls' })
    expect(test.lines.join('\n')).not.toContain(PASSWORD)
    expect(await mailLines('fr')).toContainEqual({
      name: 'E-mail\u00a0: en attente',
      isWell: false,
      says: expect.stringMatching(/^Un e-mail attend\s[^]*en clair/),
      deed: expect.stringContaining('smtps://'),
    })

    const relay = await aLine()
    test.shop.mail = openOnNode(settingsOf({ SMTP_URL: `smtp://${LOGIN}@localhost:${relay.port}` }))
    test.advance(60_000)
    await pass(test.shop)
    expect(await message()).toMatchObject({ state: 'sent', fault: null })
    expect((await mailLines('fr')).map(({ name }) => name)).not.toContain(
      'E-mail\u00a0: en attente',
    )
    expect(await mailLines('fr')).toContainEqual(
      expect.objectContaining({ name: 'E-mail\u00a0: serveur', isWell: true }),
    )
  })

  it('and so is the setting that allows it', async () => {
    const SMTP_URL = `smtp://${LOGIN}@mail.example.com:587`
    const mail = settingsOf({ SMTP_URL, SMTP_ALLOW_CLEARTEXT_PASSWORD: 'on' })
    Object.assign(test.shop.config, { mail })
    expect(await mailLines('en')).toContainEqual(
      expect.objectContaining({ name: 'Mail: password', isAdvice: true }),
    )
  })
})
