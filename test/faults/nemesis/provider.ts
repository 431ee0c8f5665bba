import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { simulator } from '../../../packages/cinetpay-simulator/app.tsx'
import { checkResponse } from '../../../packages/cinetpay-simulator/check.ts'
import { memoryLedger } from '../../../packages/cinetpay-simulator/ledger.ts'
import type { Ledger, SimulatedTransaction } from '../../../packages/cinetpay-simulator/ledger.ts'
import { readCall, SENT_TWICE, TRACE } from '../calls.ts'
import type { AskedFor } from '../calls.ts'
import type { Chance } from '../chance.ts'
import { isWrong } from '../checker.ts'
import { KEYS, V1_KEYS } from '../goods.ts'
import type { Api } from '../goods.ts'
import { DENIALS, TOKEN_REFUSALS } from '../newer-words.ts'
import { send, TROUBLES } from './line.ts'
import { listen } from './listen.ts'
import { again, bagOf } from './tally.ts'
import type { Tally } from './tally.ts'

export type Provider = Awaited<ReturnType<typeof openProvider>>

/** Of the calls under a token; half of those that are not taken are never taken again. */
const TOKENS_REFUSED = 0.03

/**
 * CinetPay as a server of its own, behind a line that chance can cut. Its book, kept here, is what
 * is true. What it says to the shop is handed to `notify`.
 */
export async function openProvider(options: {
  api: Api
  luck: Chance
  tally: Tally
  broken: string[]
  now: () => Date
  notify: (request: Request) => Promise<Response>
}) {
  const { api, luck, tally, broken, now } = options
  const elsewhere = await listen((_, res) => {
    broken.push('a redirect of CinetPay was followed')
    res.end()
  })
  const server = await listen((req, res) => {
    serve(req, res).catch((error) => broken.push(`the nemesis’ own fault: ${error}`))
  })
  const transactions = new Map<string, SimulatedTransaction>()
  /** Payments that a clear no was said to at their creation. */
  const refusedAtCreation = new Set<string>()
  const atWork = new Set<Promise<unknown>>()
  const book = keepingTruth(memoryLedger(), transactions)
  const ledger: Ledger = {
    ...book,
    // Paid is final: two deeds at the same moment must not undo what was already told.
    save: async (transaction) =>
      transactions.get(transaction.transactionId)?.state === 'ACCEPTED'
        ? undefined
        : book.save(transaction),
  }
  const played = simulator({
    ...KEYS,
    v1: api === 'v1' ? V1_KEYS : null,
    url: server.url,
    ledger,
    fetch: options.notify,
    now,
    background(work) {
      const watched = work.catch(() => {}).finally(() => atWork.delete(watched))
      atWork.add(watched)
    },
  })
  const troubles = TROUBLES[api]
  const next = {
    login: bagOf(luck, Object.keys(troubles.login)),
    creation: bagOf(luck, Object.keys(troubles.creation)),
    check: bagOf(luck, Object.keys(troubles.check)),
    trace: bagOf(luck, Object.keys(troubles.trace)),
  }
  const nextShape = bagOf(luck, Object.keys(TOKEN_REFUSALS))
  const shapes = new Map<string, string>()
  let trouble = 0
  let denied: keyof typeof DENIALS | undefined
  let checks = 0

  async function serve(req: IncomingMessage, res: ServerResponse) {
    res.on('error', () => {})
    const body = await text(req).catch(() => undefined)
    // Whoever asked was killed.
    if (body === undefined) return
    const path = req.url!
    const { what, id } = readCall(path, body)
    if (what === 'check') checks++
    if (denied && what !== 'trace') {
      tally.count(`line: ${denied} refused for a time, ${what}`)
      const { status, text } = luck.pick(DENIALS[denied])
      return send(res, status, text)
    }
    const headers = req.headers as Record<string, string>
    const refused = what === 'login' ? undefined : refusedToken(headers['authorization'])
    if (refused) return send(res, refused.status, refused.text)

    const init = { method: req.method!, headers, ...(body !== '' && { body }) }
    const ask = async (path: string, init: RequestInit) => {
      const response = await played.request(path, init)
      return { status: response.status, text: await response.text() }
    }
    const answer = async () => {
      if (what === 'trace') return TRACE
      if (what === 'creation' && transactions.has(id)) return SENT_TWICE[api]
      return ask(path, init)
    }
    // A process logs in once in its life, and every trouble of that must have its turn.
    if (!luck.happens(what === 'login' ? 2 * trouble : trouble)) {
      const { status, text } = await answer()
      return send(res, status, text)
    }
    const kind = next[what]()
    tally.count(nameOf(kind, what))
    if (what === 'creation' && kind.startsWith('refused')) refusedAtCreation.add(id)
    await troubles[what][kind]!({
      answer,
      res,
      elsewhere: elsewhere.url,
      ofAnotherPayment: async () => {
        const others = [...transactions.values()].filter(
          (other) => other.state === 'ACCEPTED' && other.transactionId !== id && other.fault === '',
        )
        if (others.length === 0) return undefined
        const other = luck.pick(others)
        return api === 'v2'
          ? checkResponse(other, '1.0001').text()
          : (await ask(path.replace(id, other.transactionId), init)).text
      },
    })
  }

  /** A token that is not taken, for one call or never again; each process has its own. */
  function refusedToken(authorization: string | undefined) {
    if (!authorization) return undefined
    const known = shapes.get(authorization)
    const shape = known ?? (luck.happens(trouble && TOKENS_REFUSED) ? nextShape() : undefined)
    if (!shape) return undefined
    tally.count(`line: token refused, ${shape}`)
    if (known) tally.count('line: token refused again')
    else if (luck.happens(0.5)) shapes.set(authorization, shape)
    return TOKEN_REFUSALS[shape]!
  }

  return {
    api,
    url: server.url,
    transactions,
    refusedAtCreation,
    checksMade: () => checks,
    setTrouble: (probability: number) => {
      trouble = probability
    },
    /** Now and then lets nobody in for minutes of the shop's clock, until told to stop. */
    async denyAtTimes(signal: AbortSignal) {
      const nextDenial = bagOf(luck, ['address', 'keys'] as const)
      await again(
        signal,
        () => 2_000 + luck.below(8_000),
        async () => {
          denied = nextDenial()
          tally.count(`CinetPay lets nobody in: ${denied}`)
          await pause(1_000 + luck.below(5_000), undefined, { signal }).catch(() => {})
          denied = undefined
        },
      )
    },
    /** A person on the payment page presses a button. */
    visit: async (payPage: string, fields: Record<string, string>) =>
      played.request(`/payment/${payPage.split('/').at(-1)}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
      }),
    /** CinetPay's own trouble with its payments passes; a wrong amount stays one. */
    async mend() {
      for (const transaction of transactions.values())
        if (!isWrong(transaction.fault)) await book.save({ ...transaction, fault: '' })
    },
    /** Every state has been announced. */
    async settled() {
      while (atWork.size > 0) await Promise.all(atWork)
    },
    close() {
      server.close()
      elsewhere.close()
    },
  }
}

/** How a trouble of the line is counted. */
export const nameOf = (kind: string, what: AskedFor['what']) =>
  `line: ${kind}${what === 'check' ? '' : `, at ${what}`}`

function keepingTruth(ledger: Ledger, transactions: Map<string, SimulatedTransaction>): Ledger {
  return {
    ...ledger,
    async add(transaction) {
      const isNew = await ledger.add(transaction)
      if (isNew) transactions.set(transaction.transactionId, transaction)
      return isNew
    },
    async save(transaction) {
      transactions.set(transaction.transactionId, transaction)
      return ledger.save(transaction)
    },
  }
}
