import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { simulator } from '../../../src/simulator/app.tsx'
import { checkResponse } from '../../../src/simulator/check.ts'
import { memoryLedger } from '../../../src/simulator/ledger.ts'
import type { Ledger, SimulatedTransaction } from '../../../src/simulator/ledger.ts'
import type { Chance } from '../chance.ts'
import { isWrong } from '../checker.ts'
import { KEYS } from '../goods.ts'
import { AT_CHECK, AT_CREATION, send } from './line.ts'
import type { Exchange } from './line.ts'
import { listen } from './listen.ts'
import { bagOf } from './tally.ts'
import type { Tally } from './tally.ts'

export type Provider = Awaited<ReturnType<typeof openProvider>>

/**
 * CinetPay as a server of its own, behind a line that chance can cut. Its book, kept here, is what
 * is true. What it says to the shop is handed to `notify`.
 */
export async function openProvider(options: {
  luck: Chance
  tally: Tally
  broken: string[]
  now: () => Date
  notify: (request: Request) => Promise<Response>
}) {
  const { luck, tally, broken, now } = options
  const elsewhere = await listen((_, res) => {
    broken.push('a redirect of CinetPay was followed')
    res.end()
  })
  const api = await listen((req, res) => {
    serve(req, res).catch((error) => broken.push(`the nemesis’ own fault: ${error}`))
  })
  const transactions = new Map<string, SimulatedTransaction>()
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
    url: api.url,
    ledger,
    fetch: options.notify,
    now,
    background(work) {
      const watched = work.catch(() => {}).finally(() => atWork.delete(watched))
      atWork.add(watched)
    },
  })
  const atCreation = bagOf(luck, Object.keys(AT_CREATION))
  const atCheck = bagOf(luck, Object.keys(AT_CHECK))
  let trouble = 0
  let checks = 0

  async function serve(req: IncomingMessage, res: ServerResponse) {
    const isCheck = req.url === '/v2/payment/check'
    if (isCheck) checks++
    res.on('error', () => {})
    const body = await text(req).catch(() => undefined)
    // Whoever asked was killed.
    if (body === undefined) return
    const { transaction_id: id } = JSON.parse(body) as { transaction_id: string }
    const answer = async () => {
      // Strict, with the code that some would take for a no: the call was sent twice.
      if (!isCheck && transactions.has(id))
        return { status: 400, text: '{"code":"608","message":"MINIMUM_REQUIRED_FIELDS"}' }
      const headers = req.headers as Record<string, string>
      const response = await played.request(req.url!, { method: req.method!, headers, body })
      return { status: response.status, text: await response.text() }
    }
    const kind = luck.happens(trouble) ? (isCheck ? atCheck() : atCreation()) : undefined
    if (kind === undefined) {
      const { status, text } = await answer()
      return send(res, status, text)
    }
    tally.count(`line: ${kind}${isCheck ? '' : ', at creation'}`)
    const play = (isCheck ? AT_CHECK : AT_CREATION)[kind]!
    const ofAnotherPayment: Exchange['ofAnotherPayment'] = async () => {
      const others = [...transactions.values()].filter(
        (other) => other.state === 'ACCEPTED' && other.transactionId !== id && other.fault === '',
      )
      return others.length > 0 ? checkResponse(luck.pick(others), '1.0001').text() : undefined
    }
    await play({ answer, res, elsewhere: elsewhere.url, ofAnotherPayment })
  }

  return {
    url: api.url,
    transactions,
    checksMade: () => checks,
    setTrouble: (probability: number) => {
      trouble = probability
    },
    /** A person on the payment page presses a button. */
    visit: async (payPage: string, fields: Record<string, string>) =>
      played.request(new URL(payPage).pathname, {
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
      api.close()
      elsewhere.close()
    },
  }
}

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
