import { callOutside } from '../lib/outbound.ts'
import type { Call, OutsideAnswer } from '../lib/outbound.ts'
import type { Shop } from '../contracts/shop.ts'

const TIMEOUT_MS = 5_000
const MAX_ANSWER_BYTES = 128 * 1024
const USER_AGENT = 'Kiosque/1 (doctor)'

/**
 * Requests an address as an outside program would: bounded in time and size, without following
 * redirects.
 */
export function ask(shop: Shop, url: string, asked: Partial<Call> = {}): Promise<OutsideAnswer> {
  const headers = { 'user-agent': USER_AGENT, ...asked.headers }
  const call = { method: 'GET', ...asked, url, headers }
  return callOutside(shop.fetch, call, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES })
}

export type Answered = Extract<OutsideAnswer, { kind: 'answered' }>

/** Who answered instead of the shop, and how; undefined when nobody clearly did. */
export type Obstacle =
  | { kind: 'redirect'; to: string }
  | { kind: 'challenge' }
  | { kind: 'firewall'; status: number }
  | { kind: 'broken'; status: number }

const CHALLENGES =
  /just a moment|checking your browser|captcha|imunify360|verify(?:ing)? (?:that )?you are human|enable javascript and cookies|ddos-guard|sucuri website firewall/i
const FIREWALL_STATES = new Set([403, 406, 418, 429, 501])

export function obstacleOf({ status, header, text }: Answered): Obstacle | undefined {
  if (status >= 300 && status < 400 && status !== 304)
    return { kind: 'redirect', to: targetOf(header('location') ?? '') }
  const isPage = /html/i.test(header('content-type') ?? '')
  if (header('cf-mitigated') === 'challenge' || (isPage && CHALLENGES.test(text)))
    return { kind: 'challenge' }
  if (FIREWALL_STATES.has(status)) return { kind: 'firewall', status }
  return status >= 500 ? { kind: 'broken', status } : undefined
}

/** Without the query, which may hold anything. */
function targetOf(location: string): string {
  if (!URL.canParse(location)) return location.split(/[?#]/)[0]!.slice(0, 100)
  const { origin, pathname } = new URL(location)
  return (origin + pathname).slice(0, 100)
}

/** A cache on the way says so itself, or repeats an answer that somebody else was given. */
export const cameFromCache = ({ header }: Answered) =>
  Number(header('age') ?? 0) > 0 ||
  ['x-cache', 'cf-cache-status', 'x-litespeed-cache', 'x-proxy-cache', 'x-varnish-cache'].some(
    (name) => /^(?:hit|stale|updating)/i.test(header(name) ?? ''),
  )
