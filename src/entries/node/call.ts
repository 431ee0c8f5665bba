import * as http from 'node:http'
import * as https from 'node:https'
import type { Call, Reply } from '../../lib/outbound.ts'

/**
 * Idle connections are kept for less time than servers do: one that is closed at the moment when it
 * is used again looks like a payment that may have begun.
 */
const KEPT_IDLE_MS = 4_000
const options = { keepAlive: true, timeout: KEPT_IDLE_MS }
const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }

/**
 * A call by `node:http` on a keep-alive connection: a fifth of the work of Node's `fetch`. It follows no
 * redirect. If the server has closed the idle connection meanwhile, the call is sent again on a new one. The
 * server may have read the first all the same, and nothing tells: so the reply says that it is the second,
 * and a refusal in it must not be taken as one of the payment.
 */
export function directly(call: Call, maxBytes: number, signal: AbortSignal): Promise<Reply> {
  return send(call, maxBytes, signal, true)
}

function send(call: Call, maxBytes: number, signal: AbortSignal, isKept: boolean): Promise<Reply> {
  const { url, method, headers, body, family } = call
  const protocol = url.startsWith('https:') ? 'https:' : 'http:'
  const { request } = protocol === 'https:' ? https : http
  const agent = isKept ? agents[protocol] : false
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const sending = request(url, { method, headers, agent, signal, family }, (answer) => {
      isAnswered = true
      const pieces: Buffer[] = []
      let length = 0
      const end = (bytes: Buffer | undefined) =>
        resolve({
          status: answer.statusCode!,
          bytes,
          packing: answer.headers['content-encoding'] ?? null,
          header: (name) => answer.headers[name]?.toString() ?? null,
          isRepeated: !isKept,
        })
      answer.on('data', (piece: Buffer) => {
        pieces.push(piece)
        length += piece.length
        if (length <= maxBytes) return
        answer.destroy()
        end(undefined)
      })
      answer.on('end', () => end(Buffer.concat(pieces)))
      answer.on('error', reject)
    })
    sending.on('error', (error: NodeJS.ErrnoException) => {
      const isReset = error.code === 'ECONNRESET' && !isAnswered && !signal.aborted
      const wasClosed = sending.reusedSocket && isReset
      if (wasClosed) resolve(send(call, maxBytes, signal, false))
      else reject(error)
    })
    sending.end(body)
  })
}
