import { callOutside } from '../lib/outbound.ts'
import type { Call, Fetch } from '../lib/outbound.ts'
import type { SendAnswer } from '../contracts/mail.ts'

/**
 * Alerts to the seller's phone, about what needs a person: a topic of ntfy (docs.ntfy.sh/publish,
 * "Publish as JSON"), or a chat with a Telegram bot (core.telegram.org/bots/api, sendMessage). Both
 * are one address, that can be tried in a browser.
 */
type PushTarget =
  | { kind: 'ntfy'; server: string; topic: string }
  | { kind: 'telegram'; token: string; chatId: string }

const TELEGRAM = 'api.telegram.org'

/**
 * `https://ntfy.sh/some-topic`, or `https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>`.
 * Undefined for anything else, also for an address inside the host's own network.
 */
export function readPushTarget(text: string): PushTarget | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.protocol !== 'https:' || url.username || url.port || url.hash) return undefined
  if (url.hostname === TELEGRAM) {
    const token = /^\/bot(\d{3,20}:[\w-]{20,80})(?:\/(?:sendMessage)?)?$/.exec(url.pathname)?.[1]
    const chatId = url.searchParams.get('chat_id') ?? ''
    return token && /^(?:-?\d{1,20}|@\w{3,64})$/.test(chatId)
      ? { kind: 'telegram', token, chatId }
      : undefined
  }
  const topic = /^\/([\w-]{1,64})$/.exec(url.pathname)?.[1]
  const isPublicName =
    /\.[a-z]{2,}$/i.test(url.hostname) && !/\.(?:local|internal)$/i.test(url.hostname)
  return topic && isPublicName && !url.search
    ? { kind: 'ntfy', server: url.origin, topic }
    : undefined
}

export type Note = { title: string; text: string; link: string }

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 64 * 1024

/** Neither service has idempotency keys: when an answer is lost, a note may be shown twice. */
export async function sendNote(fetch: Fetch, target: PushTarget, note: Note): Promise<SendAnswer> {
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
  const answer = await callOutside(fetch, callFor(target, note), limits)
  if (answer.kind === 'failed') return { kind: 'later', reason: answer.reason }
  const { status } = answer
  if (status >= 200 && status < 300) return { kind: 'sent' }
  const reason = `HTTP ${status}`
  // The address is wrong, or closed to us: nothing that time mends.
  const isForEver = status >= 400 && status < 500 && status !== 408 && status !== 429
  return isForEver ? { kind: 'refused', reason } : { kind: 'later', reason }
}

function callFor(target: PushTarget, { title, text, link }: Note): Call {
  const [url, body] =
    target.kind === 'ntfy'
      ? [`${target.server}/`, { topic: target.topic, title, message: text, click: link }]
      : [
          `https://${TELEGRAM}/bot${target.token}/sendMessage`,
          { chat_id: target.chatId, text: `${title}\n\n${text}\n\n${link}` },
        ]
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}
