import { deriveKey } from '../links/derived.ts'
import { randomToken, utf8 } from '../lib/encoding.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { absolute, paths } from '../links/addresses.ts'
import type { Deliverable } from './deliverable.ts'
import { isSameKey } from '../links/keys.ts'
import type { Ask } from './range.ts'
import { HOUR_MS } from '../lib/time.ts'

/**
 * Files that the reverse proxy sends for the shop (SEND_FILE): who may have what is still decided
 * here, and recorded; only the bytes bypass the shop. The proxy is tried through the shop's own
 * public address: until it was seen to obey within the last hour, files are streamed as usual, since
 * a proxy that does not obey sends an empty book and reveals the path.
 */
const BELIEVED_MS = HOUR_MS
const TRIED_AGAIN_MS = 10 * 60_000
const TRIAL_GAP_MS = 60_000
const TRIAL_TIMEOUT_MS = 10_000

export type Sender = Pick<Shop, 'xSendfile' | 'log' | 'config' | 'fetch' | 'background'>

/** The headers that make the reverse proxy send this file; undefined: the shop streams it. */
export async function xSendfileHeaders(
  shop: Sender,
  { request, file, ask }: { request: Request; file: Deliverable; ask: Ask },
): Promise<Record<string, string> | undefined> {
  const { xSendfile } = shop
  if (!xSendfile || !isJudgedAlike(request, ask) || !(await isBelieved(shop))) return undefined
  const [stored, tail, ...more] = file.parts
  if (!stored || stored instanceof Uint8Array || more.length > 0) return undefined
  if (tail && !(tail instanceof Uint8Array)) return undefined
  const name = file.etag.replaceAll('"', '')
  try {
    const path = await xSendfile.fileOf({ name, tail, ...stored })
    return path === undefined ? undefined : { [xSendfile.header]: path }
  } catch (error) {
    shop.log('copy.failed', { fileId: file.fileId, ...describeError(error) })
    return undefined
  }
}

/** The reverse proxy evaluates these by its own rules: it might send another part than was recorded. */
const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']

function isJudgedAlike({ headers }: Request, ask: Ask): boolean {
  if (CONDITIONS.some((name) => headers.has(name))) return false
  const range = headers.get('range')
  if (range === null) return ask.kind === 'whole'
  const ifRange = headers.get('if-range')
  if (ifRange !== null && !ifRange.startsWith('"')) return false
  return ask.kind === 'part' && /^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/.test(range)
}

let triedAt = -Infinity

async function isBelieved(shop: Sender): Promise<boolean> {
  const ageMs = (await shop.xSendfile!.obeyedMsAgo()) ?? Infinity
  if (ageMs > TRIED_AGAIN_MS && performance.now() - triedAt > TRIAL_GAP_MS) {
    triedAt = performance.now()
    shop.background(tryReverseProxy(shop))
  }
  return ageMs < BELIEVED_MS
}

export type Trial =
  /** It sends the file, and the requested part of it, under our headers. */
  | 'obeys'
  /** No file came: the module is missing, disabled, or not allowed in that folder. */
  | 'not-sent'
  /** It came compressed, with another tag or date, or without ranges: downloads could not resume. */
  | 'altered'
  | 'unreachable'

/** Requests a small file through the shop's public address, and records what the reverse proxy did. */
export async function tryReverseProxy(shop: Sender): Promise<Trial | undefined> {
  const { xSendfile, config, log } = shop
  if (!xSendfile) return undefined
  const name = randomToken()
  const content = randomToken()
  await xSendfile.lend(name, utf8(content))
  const url = absolute(config, paths.trial(`${name}.${await macOf(config.appSecret, name)}`))
  const trial = await judgeTrial(shop, url, content).catch((): Trial => 'unreachable')
  await xSendfile.takeBack(name)
  if (trial !== 'unreachable') await xSendfile.note(trial === 'obeys')
  log('xsendfile.tried', { trial })
  return trial
}

export const TRIAL_HEADERS = {
  etag: '"kiosque"',
  'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT',
  'content-type': 'application/pdf',
  'cache-control': 'no-store, no-transform',
}
const SKIPPED_BYTES = 3

async function judgeTrial({ fetch }: Sender, url: string, content: string): Promise<Trial> {
  const headers = { range: `bytes=${SKIPPED_BYTES}-`, 'accept-encoding': 'gzip' }
  const signal = AbortSignal.timeout(TRIAL_TIMEOUT_MS)
  const answer = await fetch(new Request(url, { headers, redirect: 'manual', signal }))
  const text = await answer.text()
  if (text !== content && text !== content.slice(SKIPPED_BYTES)) return 'not-sent'
  const isOurs =
    answer.status === 206 &&
    !answer.headers.has('content-encoding') &&
    answer.headers.get('etag') === TRIAL_HEADERS.etag &&
    answer.headers.get('last-modified') === TRIAL_HEADERS['last-modified']
  return isOurs ? 'obeys' : 'altered'
}

/** The file of a trial; only the shop itself may request it. */
export async function trialFile(shop: Sender, token: string): Promise<string | undefined> {
  const [name = '', mac = ''] = token.split('.')
  if (!shop.xSendfile || !/^[\w-]{1,64}$/.test(name)) return undefined
  if (!isSameKey(mac, await macOf(shop.config.appSecret, name))) return undefined
  return shop.xSendfile.lentFile(name)
}

const macOf = (secret: string, name: string) => deriveKey(secret, 'trial of the front', name)
