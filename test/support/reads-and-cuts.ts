import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Answer = { status: number; body: object }
export type Heard = { method: string; path: string; body: string }

/**
 * A server on this machine that keeps connections, and answers by a list: an answer, `cut` (the call
 * is read, and the line breaks before a word), or `break off` (it breaks inside of the answer).
 */
export async function readsAndCuts(answers: (Answer | 'cut' | 'break off')[]) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ method: request.method!, path: request.url!, body })
      const next = answers.shift()
      if (next === 'cut' || next === undefined) return request.socket.destroy()
      response.setHeader('content-type', 'application/json')
      if (next === 'break off') {
        response.writeHead(200, { 'content-length': 1_000 })
        return response.write('{"code":', () => request.socket.resetAndDestroy())
      }
      return response.writeHead(next.status).end(JSON.stringify(next.body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    heard,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
