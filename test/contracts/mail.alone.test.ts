import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MailSettings } from '../../src/config/mail.ts'
import { serviceMail } from '../../src/mail/service.ts'
import { smtpMail } from '../../src/mail/smtp.ts'
import type { Letter, Mail } from '../../src/contracts/mail.ts'
import { makeCertificate } from '../support/certificate.ts'
import type { Certificate } from '../support/certificate.ts'
import { openMailInWorkerd } from '../support/mail-in-workerd.ts'

const LETTER: Letter = {
  key: 'receipt-17',
  to: 'awa@example.com',
  replyTo: 'moussa@example.com',
  subject: 'Votre livre : L’œuvre – 1 « été » 😀',
  text: 'Bonjour Awa,\n\nVotre livre est là : https://livres.example.net/commande/7K3M94FT.x',
  html: '<p>Bonjour Awa</p>',
}
const FROM = 'Chez Moussa <livres@livres.example.net>'

/** What one letter became: its addresses and its whole text, as it went over the line. */
type Taken = { to: string; text: string }
type Trouble = 'refuse' | 'refuse for now' | 'cut after the letter' | 'be closed' | 'close the door'

type Carrier = {
  mail: Mail
  taken: Taken[]
  /** What happens to the next letter. */
  trouble(kind: Trouble): Promise<void>
}

let workerd: Awaited<ReturnType<typeof openMailInWorkerd>>
/** Both are believed; only the first is of the name that the tests connect to. */
let certificates: { ours: Certificate; anothers: Certificate }
beforeAll(async () => {
  certificates = {
    ours: await makeCertificate('localhost'),
    anothers: await makeCertificate('mail.example.org'),
  }
  workerd = await openMailInWorkerd(Object.values(certificates))
})
afterAll(() => workerd?.close())

type Security = Certificate & { kind: 'smtps' | 'starttls' }

const open: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

type SmtpSettings = Extract<MailSettings, { kind: 'smtp' }>

async function smtp(
  mailOf: (settings: SmtpSettings) => Mail = smtpMail,
  security?: Security,
): Promise<Carrier> {
  const taken: Taken[] = []
  let next: Trouble | undefined
  const take = () => {
    const trouble = next
    next = undefined
    return trouble
  }
  const refusal = (code: number) => Object.assign(new Error('no'), { responseCode: code })
  const options: SMTPServerOptions = {
    secure: security?.kind === 'smtps',
    ...(security ? { key: security.key, cert: security.cert } : { disabledCommands: ['STARTTLS'] }),
    allowInsecureAuth: !security,
    onAuth: ({ username, password }, _, done) =>
      username === 'moussa' && password === 'p@ss'
        ? done(null, { user: 'moussa' })
        : done(refusal(535)),
    onRcptTo: (_, __, done) => {
      if (next === 'refuse') return done((take(), refusal(550)))
      if (next === 'refuse for now') return done((take(), refusal(451)))
      done()
    },
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (data: Buffer) => (text += data))
      stream.on('end', () => {
        const [recipient] = session.envelope.rcptTo
        taken.push({ to: recipient!.address, text })
        if (take() !== 'cut after the letter') return done()
        for (const { _socket } of server.connections as Set<{ _socket: Socket }>) _socket.destroy()
      })
    },
  }
  const server = new SMTPServer(options) as SMTPServer & { connections: Set<unknown> }
  server.on('error', () => {})
  server.listen(0, 'localhost')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  let isOpen = true
  const close = () =>
    new Promise<void>((resolve) => {
      if (!isOpen) return resolve()
      isOpen = false
      server.close(resolve)
    })
  open.push(close)
  const scheme = security?.kind === 'smtps' ? 'smtps' : 'smtp'
  const at = (user: string) => `${scheme}://${user}@localhost:${port}`
  const of = (user: string) => mailOf({ kind: 'smtp', url: at(user), from: FROM, perHour: 60 })
  const carrier: Carrier = {
    mail: of('moussa:p%40ss'),
    taken,
    async trouble(kind) {
      next = kind
      if (kind === 'be closed') await close()
      if (kind === 'close the door') carrier.mail = of('moussa:wrong')
    },
  }
  return carrier
}

async function service(): Promise<Carrier> {
  const taken: Taken[] = []
  const keys = new Set<string>()
  let next: Trouble | undefined
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (data: Buffer) => (body += data))
    request.on('end', () => {
      const trouble = next
      next = undefined
      const refusals: Partial<Record<Trouble, number>> = {
        refuse: 422,
        'refuse for now': 503,
        'close the door': 401,
      }
      const status = trouble && refusals[trouble]
      if (status) return void response.writeHead(status).end('{}')
      const key = request.headers['idempotency-key'] as string
      const { to, subject, html, text, from, reply_to: replyTo } = JSON.parse(body)
      if (!keys.has(key))
        taken.push({ to: to[0], text: [from, replyTo, subject, html, text].join('\n') })
      keys.add(key)
      if (trouble === 'cut after the letter') return void request.socket.destroy()
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((resolve) => server.close(resolve))
  open.push(close)
  const settings = { kind: 'service', from: FROM, perHour: 60, apiKey: 're_1' } as const
  return {
    mail: serviceMail({ ...settings, apiUrl: `http://127.0.0.1:${port}` }, (request) =>
      fetch(request),
    ),
    taken,
    async trouble(kind) {
      next = kind
      if (kind === 'be closed') await close()
    },
  }
}

describe.each([
  ['SMTP', () => smtp()],
  ['SMTP from workerd', () => smtp(workerd.mailOf)],
  ['a service with idempotency keys', service],
])('mail by %s', (way, carry) => {
  it('brings the letter as it was written', async () => {
    const { mail, taken } = await carry()
    expect(await mail.send(LETTER)).toEqual({ kind: 'sent' })
    expect(taken).toHaveLength(1)
    expect(taken[0]!.to).toBe('awa@example.com')
    const text = way.startsWith('SMTP') ? decode(taken[0]!.text) : taken[0]!.text
    for (const part of ['Chez Moussa', 'moussa@example.com', LETTER.subject, '<p>Bonjour Awa</p>'])
      expect(text).toContain(part)
    expect(text).toContain('https://livres.example.net/commande/7K3M94FT.x')
  })

  it.each([
    ['refuse', 'refused'],
    ['refuse for now', 'later'],
    ['cut after the letter', 'later'],
    ['close the door', 'later'],
    ['be closed', 'later'],
  ] as const)('tells what became of it when they %s: %s', async (trouble, kind) => {
    const carrier = await carry()
    await carrier.trouble(trouble)
    const answer = await carrier.mail.send(LETTER)
    expect(answer.kind).toBe(kind)
    expect(JSON.stringify(answer)).not.toContain('awa@')
  })

  it('cut after the letter and sent again, it arrives as often as that way allows', async () => {
    const carrier = await carry()
    await carrier.trouble('cut after the letter')
    await carrier.mail.send(LETTER)
    expect(await carrier.mail.send(LETTER)).toEqual({ kind: 'sent' })
    expect(carrier.taken).toHaveLength(way.startsWith('SMTP') ? 2 : 1)
    const ids = carrier.taken.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1])
    if (way.startsWith('SMTP'))
      expect(new Set(ids)).toEqual(new Set(['<receipt-17@livres.example.net>']))
  })

  it('writes to one address, whatever is typed in its place', async () => {
    const carrier = await carry()
    await carrier.mail.send({ ...LETTER, to: 'awa@example.com, thief@example.com' })
    expect(carrier.taken.filter(({ to }) => to === 'thief@example.com')).toEqual([])
    const subject = 'Votre livre\r\nBcc: thief@example.com'
    await carrier.mail.send({ ...LETTER, key: 'receipt-18', subject })
    expect(carrier.taken.filter(({ to }) => to === 'thief@example.com')).toEqual([])
    if (way.startsWith('SMTP')) expect(carrier.taken.at(-1)!.text).not.toMatch(/^Bcc:/im)
  })
})

describe('SMTP from workerd, encrypted', () => {
  it.each(['smtps', 'starttls'] as const)('by %s, brings the letter', async (kind) => {
    const { mail, taken } = await smtp(workerd.mailOf, { kind, ...certificates.ours })
    expect(await mail.send(LETTER)).toEqual({ kind: 'sent' })
    expect(taken).toHaveLength(1)
  })

  it.each(['smtps', 'starttls'] as const)(
    'by %s, gives nothing to a server with another’s certificate',
    async (kind) => {
      const { mail, taken } = await smtp(workerd.mailOf, { kind, ...certificates.anothers })
      expect(await mail.send(LETTER)).toMatchObject({ kind: 'later' })
      expect(taken).toEqual([])
    },
  )
})

/** Encoded words of headers, and quoted-printable bodies, as people see them. */
function decode(text: string): string {
  const quoted = (part: string) =>
    Buffer.from(
      part.replace(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(parseInt(byte, 16))),
      'latin1',
    ).toString('utf8')
  return quoted(
    text
      .replace(/\?=\s+=\?UTF-8\?Q\?/gi, '')
      .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, part: string) => part.replace(/_/g, ' '))
      .replace(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, part: string) =>
        Buffer.from(part, 'base64').toString('latin1'),
      )
      .replace(/=\r?\n/g, ''),
  )
}
