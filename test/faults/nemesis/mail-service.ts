import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Chance } from '../chance.ts'
import { send } from './line.ts'
import { listen } from './listen.ts'
import { bagOf } from './tally.ts'
import type { Tally } from './tally.ts'

const API_KEY = 're_Fq82Lw0zTn5Vb3XyKd'
const TROUBLES = ['reset', '500', '429', 'answer lost', '500 after taking it'] as const

export type MailService = Awaited<ReturnType<typeof openMailService>>

/**
 * A mail service that takes an idempotency key: the same key again sends nothing new. It fails
 * before it takes a mail, and after.
 */
export async function openMailService({ luck, tally, broken }: Options) {
  /** What it sent, by key: the reader's address. */
  const mails = new Map<string, string>()
  const nextTrouble = bagOf(luck, TROUBLES)
  let trouble = 0

  async function serve(req: IncomingMessage, res: ServerResponse) {
    res.on('error', () => {})
    const body = await text(req).catch(() => undefined)
    // Whoever asked was killed.
    if (body === undefined) return
    const key = String(req.headers['idempotency-key'] ?? '')
    if (req.headers.authorization !== `Bearer ${API_KEY}` || key === '')
      return void broken.push('a mail without its keys')
    const kind = luck.happens(trouble) ? nextTrouble() : undefined
    if (kind) tally.count(`mail: ${kind}`)
    switch (kind) {
      case 'reset':
        return void res.destroy()
      case '500':
      case '429':
        return send(res, Number(kind), '{"name":"not_now"}')
      case 'answer lost':
        take(key, body)
        return void res.destroy()
      case '500 after taking it':
        take(key, body)
        return send(res, 500, '{"name":"internal_server_error"}')
      case undefined:
        take(key, body)
        return send(res, 200, '{"id":"1"}')
    }
  }

  function take(key: string, body: string) {
    tally.count(mails.has(key) ? 'mail: the same key again' : 'mail: taken')
    const { to } = JSON.parse(body) as { to: string | string[] }
    if (!mails.has(key)) mails.set(key, String(to))
  }

  const server = await listen((req, res) => {
    serve(req, res).catch((error) => broken.push(`the nemesis’ own fault: ${error}`))
  })
  return {
    mails,
    settings: {
      MAIL_FROM: 'livres@example.net',
      MAIL_API_KEY: API_KEY,
      MAIL_API_URL: server.url,
      MAIL_PER_HOUR: '100000',
    },
    setTrouble: (probability: number) => {
      trouble = probability
    },
    close: server.close,
  }
}

type Options = { luck: Chance; tally: Tally; broken: string[] }
