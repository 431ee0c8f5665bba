import * as v from 'valibot'
import { callOutside } from '../lib/outbound.ts'
import type { Fetch } from '../lib/outbound.ts'
import type { Probes } from '../contracts/probes.ts'

/**
 * TXT records by DNS over HTTPS (the JSON form of Cloudflare's resolver), for Workers. The shop is a
 * guest of Cloudflare's there already: the question tells it nothing new.
 *
 * `node:dns` of workerd asks the same resolver, but answers ENOTFOUND where the resolver failed
 * (SERVFAIL), so that the doctor would call a record missing that nobody could look up; it has no
 * time limit, and takes a CNAME for a record (seen in workerd 1.20260426; it began as
 * cloudflare/workerd#3183).
 */
const RESOLVER = 'https://cloudflare-dns.com/dns-query'
const TIMEOUT_MS = 4_000
const MAX_ANSWER_BYTES = 64 * 1024
const TXT = 16
/** No error, and no such name. */
const ANSWERS = new Set([0, 3])

const Reply = v.object({
  Status: v.number(),
  Answer: v.optional(v.array(v.object({ type: v.number(), data: v.string() })), []),
})

export function txtOverHttps(fetch: Fetch): Probes['txt'] {
  return async (name) => {
    const call = {
      url: `${RESOLVER}?name=${encodeURIComponent(name)}&type=TXT`,
      method: 'GET',
      headers: { accept: 'application/dns-json' },
    }
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
    const answer = await callOutside(fetch, call, limits)
    if (answer.kind === 'failed' || answer.status !== 200) throw new DnsFault()
    const reply = v.parse(Reply, JSON.parse(answer.text))
    if (!ANSWERS.has(reply.Status)) throw new DnsFault()
    // A long record comes as several quoted strings.
    return reply.Answer.filter(({ type }) => type === TXT).map(({ data }) =>
      (data.match(/"(?:[^"\\]|\\.)*"/g) ?? [data])
        .map((piece) => piece.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'))
        .join(''),
    )
  }
}

class DnsFault extends Error {
  code = 'DNS'
}
