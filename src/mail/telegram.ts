import * as v from 'valibot'
import { callOutside } from '../lib/outbound.ts'
import type { Fetch } from '../lib/outbound.ts'

/**
 * How the seller's own Telegram bot finds the chat that alerts go to: whoever wrote to it last, since
 * nobody but its maker knows of a new bot (core.telegram.org/bots/api, getMe and getUpdates).
 */
type ChatSearch =
  | { kind: 'found'; bot: string; name: string; address: string }
  /** Nobody has written to the bot within the last day: Telegram keeps no more. */
  | { kind: 'silent'; bot: string }
  | { kind: 'unknown-token' }
  | { kind: 'failed'; reason: string }

const API = 'https://api.telegram.org'
const TOKEN = /^\d{3,20}:[\w-]{20,80}$/
const TIMEOUT_MS = 10_000
/** A hundred messages, each 4,096 characters at most, with what stands around them. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024

const Chat = v.object({
  id: v.pipe(v.number(), v.integer()),
  first_name: v.optional(v.string()),
  title: v.optional(v.string()),
})
const Me = v.object({ result: v.object({ username: v.pipe(v.string(), v.regex(/^\w{3,64}$/)) }) })
const Updates = v.object({
  result: v.array(v.object({ message: v.optional(v.object({ chat: Chat })) })),
})

export async function findTelegramChat(fetch: Fetch, typed: string): Promise<ChatSearch> {
  const token = typed.trim()
  if (!TOKEN.test(token)) return { kind: 'unknown-token' }
  const me = await ask(fetch, token, 'getMe', Me)
  if (me.kind !== 'said') return me
  const bot = me.value.result.username
  const updates = await ask(fetch, token, 'getUpdates', Updates)
  if (updates.kind !== 'said') return updates
  const chat = updates.value.result.findLast(({ message }) => message)?.message?.chat
  if (!chat) return { kind: 'silent', bot }
  const address = `${API}/bot${token}/sendMessage?chat_id=${chat.id}`
  return { kind: 'found', bot, name: chat.first_name ?? chat.title ?? '', address }
}

type Asked<T> =
  { kind: 'said'; value: T } | Extract<ChatSearch, { kind: 'unknown-token' | 'failed' }>

async function ask<S extends v.GenericSchema>(
  fetch: Fetch,
  token: string,
  method: 'getMe' | 'getUpdates',
  schema: S,
): Promise<Asked<v.InferOutput<S>>> {
  const call = {
    url: `${API}/bot${token}/${method}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  } as const
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
  const answer = await callOutside(fetch, call, limits)
  if (answer.kind === 'failed') return { kind: 'failed', reason: answer.reason }
  if (answer.status === 401 || answer.status === 404) return { kind: 'unknown-token' }
  if (answer.status !== 200) return { kind: 'failed', reason: `HTTP ${answer.status}` }
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), answer.text)
  return read.success
    ? { kind: 'said', value: read.output as v.InferOutput<S> }
    : { kind: 'failed', reason: 'an answer of another shape' }
}
