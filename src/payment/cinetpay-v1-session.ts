import type { CinetpayV1Settings } from '../config/cinetpay.ts'
import { callOutside } from '../lib/outbound.ts'
import type { Call, Fetch } from '../lib/outbound.ts'
import {
  denialOf,
  EMPTY_REPLY,
  isNoError,
  isTokenRefused,
  parseReply,
  reasonOf,
} from './cinetpay-v1-answers.ts'
import type { Reply } from './cinetpay-v1-answers.ts'
import { USER_AGENT } from './cinetpay.ts'
import type { Denial } from '../money/provider.ts'
import { DAY_MS } from '../lib/time.ts'

/** Of a call: all but where it goes. */
type Init = Pick<Call, 'method' | 'body'> & { headers?: Call['headers'] }

/**
 * Calls to CinetPay's newer API, each under a token got by logging in with the key and the
 * password. The token is a cache and nothing more: it is kept by this process or isolate alone,
 * for as long as its answer says, and one that is refused is thrown away, a new login made, and
 * the call repeated, once; the answer says so, as it does where the connection made it two. Neither
 * key, password nor token stands in a reason, a log line or the database.
 */
export function openSession(settings: CinetpayV1Settings, fetch: Fetch, now: () => Date) {
  // Joined within one provider only: on Workers a request must not wait for another one's call.
  let loggingIn: Promise<Login> | undefined

  async function send(path: string, init: Init, until: number): Promise<Sent> {
    const timeoutMs = until - Date.now()
    if (timeoutMs <= 0) return { kind: 'failed', reason: 'no time left' }
    const headers = { 'user-agent': USER_AGENT, 'content-type': 'application/json' }
    const call: Call = {
      ...init,
      url: settings.apiUrl + path,
      family: 4,
      headers: { ...headers, ...init.headers },
    }
    const answer = await callOutside(fetch, call, { timeoutMs, maxBytes: MAX_ANSWER_BYTES })
    if (answer.kind === 'failed') return answer
    if (answer.retryAfterMs !== undefined)
      return {
        kind: 'failed',
        reason: 'HTTP 429: too many calls',
        retryAfterMs: answer.retryAfterMs,
      }
    const reply = parseReply(answer.text) ?? (isBare(answer) ? EMPTY_REPLY : undefined)
    if (!reply) return { kind: 'failed', reason: `HTTP ${answer.status} without JSON` }
    return { kind: 'answered', status: answer.status, reply, isRepeated: answer.isRepeated }
  }

  async function logIn(until: number): Promise<Login> {
    const { apiKey: api_key, apiPassword: api_password } = settings
    const init = { method: 'POST', body: JSON.stringify({ api_key, api_password }) }
    const sent = await send('/v1/oauth/login', init, Math.min(until, Date.now() + LOGIN_TIMEOUT_MS))
    if (sent.kind === 'failed')
      return { ...sent, kind: 'no-login', denial: undefined, reason: `login: ${sent.reason}` }
    const { status, reply } = sent
    if (!isNoError(status, reply) || !TOKEN.test(reply.access_token)) {
      // A page of 401 is a reverse proxy's, and says nothing of keys.
      const isTheirs = status === 401 && reply !== EMPTY_REPLY
      const denial = denialOf(reply) ?? (isTheirs ? 'keys' : undefined)
      return { kind: 'no-login', denial, reason: `login: ${reasonOf(status, reply)}` }
    }
    const { access_token: token } = reply
    tokens.set(settings, { token, expiresAt: now().getTime() + lifeMs(reply.expires_in) })
    return { kind: 'token', token }
  }

  async function tokenNow(until: number): Promise<Login> {
    const kept = tokens.get(settings)
    if (kept && kept.expiresAt > now().getTime()) return { kind: 'token', token: kept.token }
    loggingIn ??= logIn(until).finally(() => (loggingIn = undefined))
    return loggingIn
  }

  async function call(path: string, init: Init, timeoutMs: number): Promise<Called> {
    const until = Date.now() + timeoutMs
    for (let turn = 0; ; turn++) {
      const login = await tokenNow(until)
      if (login.kind === 'no-login') return { ...login, isRepeated: turn > 0 }
      const authorization = `Bearer ${login.token}`
      const sent = await send(path, { ...init, headers: { authorization } }, until)
      const isStale = sent.kind === 'answered' && isTokenRefused(sent.status, sent.reply)
      if (isStale && tokens.get(settings)?.token === login.token) tokens.delete(settings)
      if (isStale && turn === 0) continue
      return sent.kind === 'answered' && turn > 0 ? { ...sent, isRepeated: true } : sent
    }
  }

  return {
    get: (path: string, timeoutMs: number) => call(path, { method: 'GET' }, timeoutMs),
    post: (path: string, fields: object, timeoutMs: number) =>
      call(path, { method: 'POST', body: JSON.stringify(fields) }, timeoutMs),
  }
}

type Sent =
  /** `isRepeated`: they may have read the call before. */
  | { kind: 'answered'; status: number; reply: Reply; isRepeated: boolean }
  /** It may have arrived all the same. */
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
/** Nothing was sent, or nothing once more; `denial` when CinetPay lets nobody in with these keys, or from here. */
type NoLogin = {
  kind: 'no-login'
  denial: Denial | undefined
  reason: string
  retryAfterMs?: number
}
type Login = { kind: 'token'; token: string } | NoLogin
type Called = Sent | (NoLogin & { isRepeated: boolean })

/** By the settings that opened them, which live as long as the process, or the isolate. */
const tokens = new WeakMap<CinetpayV1Settings, { token: string; expiresAt: number }>()

const MAX_ANSWER_BYTES = 256 * 1024
const LOGIN_TIMEOUT_MS = 4_000
/** A token that is refused, and an id that is unknown, may show in the HTTP status only. */
const isBare = ({ status, text }: { status: number; text: string }) =>
  status === 401 || (status === 404 && text.trim() === '')
/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]{1,4000}$/

const LIFE_WHEN_UNTOLD_MS = 5 * 60_000
const MAX_LIFE_MS = DAY_MS
/** A day by their documentation, 95 minutes seen: it is read. The last minute of it is not used. */
const MARGIN_MS = 60_000

function lifeMs(expiresInSeconds: string): number {
  if (!/^\d{1,9}$/.test(expiresInSeconds)) return LIFE_WHEN_UNTOLD_MS
  return Math.min(Number(expiresInSeconds) * 1000, MAX_LIFE_MS) - MARGIN_MS
}
