import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { mailbox } from '../../support/mailbox.ts'
import type { Chance } from '../chance.ts'
import type { Tally } from './tally.ts'

/** A mail service as a server of its own, which keeps keys and has trouble now and then. */
export async function openPost(luck: Chance, tally: Tally) {
  let trouble = 0
  const box = mailbox(() => {
    if (!luck.happens(trouble)) return undefined
    const kind = luck.pick(['cut', 'lost', 500, 429] as const)
    tally.count(`mail: ${kind}`)
    return kind
  })
  const server = createAdaptorServer({
    fetch: (request) => box.take(request).catch(() => new Response(null, { status: 502 })),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails: box.mails,
    setTrouble: (probability: number) => {
      trouble = probability
    },
    close: () => void server.close(),
  }
}
