import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from '../chance.ts'
import { dressed, forgery, SUCCESS } from '../forgery.ts'
import type { Target } from '../forgery.ts'
import type { Api } from '../goods.ts'
import { again } from './tally.ts'
import type { Tally } from './tally.ts'

type Notice = { url: string; headers: Headers; body: string; about: string; number: number }

const PATIENCE_MS = 12_000
const REPETITIONS = 5
const TOLD_KEPT = 500

export type Postman = ReturnType<typeof openPostman>

/**
 * Carries CinetPay's notices to the shop's address, as badly as it can: lost, three at once, late
 * and out of order, said again much later. CinetPay repeats some that were not answered 200.
 */
export function openPostman({ api, luck, tally, broken }: Options) {
  const onTheWay = new Set<Promise<unknown>>()
  const told: Notice[] = []
  const lastTold = new Map<string, number>()
  let number = 0
  /** The share that is lost; with none lost, nothing else happens to them either. */
  let lost = 0

  async function tell(notice: Notice) {
    if (notice.number < (lastTold.get(notice.about) ?? 0)) tally.count('notice: out of order')
    lastTold.set(notice.about, notice.number)
    for (let turn = 0; turn < REPETITIONS; turn++) {
      const status = await postNotice(notice)
      tally.count(
        status === 200 ? 'notice: answered 200' : `notice: answered ${status || 'nothing'}`,
      )
      if (status === 200) break
      if (![0, 401, 503].includes(status)) broken.push(`a notice was answered ${status}`)
      if (status === 401 || luck.happens(0.3)) break
      tally.count('notice: repeated')
      await pause(200 + luck.below(1_800))
    }
    told.push(notice)
    if (told.length > TOLD_KEPT) told.shift()
  }

  /** The same notice of the newer API as a form, or with a state that nobody promised. */
  function otherwise({ headers, body }: Pick<Notice, 'headers' | 'body'>) {
    if (!headers.get('content-type')?.startsWith('application/json')) return { headers, body }
    const fields = { ...(JSON.parse(body) as Record<string, unknown>) }
    if (luck.happens(0.3)) {
      tally.count('notice: a state that lies')
      Object.assign(fields, luck.pick([SUCCESS, { code: 2010, status: 'FAILED' }]))
    }
    const isForm = luck.happens(0.3)
    if (isForm) tally.count('notice: as a form')
    return dressed(fields, isForm)
  }

  async function carry(notice: Notice) {
    if (luck.happens(lost)) return tally.count('notice: lost')
    if (lost === 0) return tell(notice)
    if (luck.happens(0.25)) {
      tally.count('notice: late')
      await pause(luck.below(3_000))
    }
    if (!luck.happens(0.15)) return tell(notice)
    tally.count('notice: three at once')
    await Promise.all([tell(notice), tell(notice), tell(notice)])
  }

  return {
    /** For the simulator: the ping goes through at once, the notice when it pleases. */
    async notify(request: Request): Promise<Response> {
      if (request.method !== 'POST') return fetch(request)
      const { url } = request
      const written = { headers: request.headers, body: await request.text() }
      const { headers, body } = api === 'v1' && lost > 0 ? otherwise(written) : written
      const about = /(?:cpm_trans_id|merchant_transaction_id)\W+(\w+)/.exec(body)?.[1] ?? body
      const carried = carry({ url, headers, body, about, number: ++number }).finally(() =>
        onTheWay.delete(carried),
      )
      onTheWay.add(carried)
      return new Response('OK')
    },
    /** Says old notices again, and lies, until told to stop. */
    async pester(signal: AbortSignal, address: string, latest: () => Target | undefined) {
      const replay = again(
        signal,
        () => 100 + luck.below(400),
        async () => {
          if (told.length === 0) return
          const notice = luck.pick(told)
          tally.count('notice: replayed', 2)
          const answers = await Promise.all([postNotice(notice), postNotice(notice)])
          const odd = answers.find((status) => ![0, 200, 401, 503].includes(status))
          if (odd) broken.push(`a replay was answered ${odd}`)
        },
      )
      const forge = again(
        signal,
        () => 50 + luck.below(200),
        async () => {
          const about = latest()
          if (!about) return
          tally.count('notice: forged')
          const { status, text } = await post(forgery(api, address, about, luck))
          // Without a database nobody can tell whose token is shown; nor is anything done.
          const isAway = api === 'v1' && status === 503 && text !== 'Cannot check now'
          if (![0, 401].includes(status) && !isAway)
            broken.push(`a forged notice was answered ${status} ${text}`)
        },
      )
      await Promise.all([replay, forge])
    },
    lose: (probability: number) => {
      lost = probability
    },
    async settled() {
      while (onTheWay.size > 0) await Promise.all(onTheWay)
    },
  }
}

type Posted = Pick<Notice, 'url' | 'headers' | 'body'>

/** What the shop answers; 0: the line broke. */
export const postNotice = async (notice: Posted) => (await post(notice)).status

async function post({ url, headers, body }: Posted): Promise<{ status: number; text: string }> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    return { status: answer.status, text: await answer.text() }
  } catch {
    return { status: 0, text: '' }
  }
}

type Options = { api: Api; luck: Chance; tally: Tally; broken: string[] }
