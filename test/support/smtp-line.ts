import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Certificate } from './certificate.ts'

type Line = {
  certificate?: Certificate
  /** Whether it says that it knows STARTTLS; somebody between may have taken the word away. */
  announces?: boolean
  /** What it says to STARTTLS; after `220` it shakes hands. */
  starttls?: string
  knowsEhlo?: boolean
}

/** A mail server on this machine that writes down what it is told in clear, and what under TLS. */
export async function smtpLine(line: Line = {}) {
  const { certificate, announces = false, starttls = '502 unknown', knowsEhlo = true } = line
  const heard = { clear: '', secret: '' }
  const sockets = new Set<Socket>()
  const answers = (isSecret: boolean): Record<string, string> => ({
    EHLO: knowsEhlo
      ? `250-line\r\n${announces && !isSecret ? '250-STARTTLS\r\n' : ''}250 AUTH PLAIN LOGIN`
      : '502 unknown',
    HELO: '250 line',
    AUTH: '235 welcome',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go on',
    '.': '250 taken',
    QUIT: '221 bye',
  })
  function converse(socket: Socket, isSecret: boolean) {
    let rest = ''
    let inLetter = false
    socket.on('error', () => {})
    const hear = (data: Buffer) => {
      heard[isSecret ? 'secret' : 'clear'] += data
      rest += data
      for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
        const word = rest.slice(0, at)
        rest = rest.slice(at + 2)
        if (inLetter && word !== '.') continue
        const verb = word.split(' ')[0]!.toUpperCase()
        if (verb === 'STARTTLS') return secure(socket, hear)
        inLetter = verb === 'DATA'
        socket.write(`${answers(isSecret)[verb] ?? '500 what'}\r\n`)
      }
    }
    socket.on('data', hear)
  }
  function secure(socket: Socket, hear: (data: Buffer) => void) {
    socket.write(`${starttls}\r\n`)
    if (!starttls.startsWith('220')) return
    socket.off('data', hear)
    converse(new TLSSocket(socket, { isServer: true, ...certificate }), true)
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, false)
    socket.write('220 line\r\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
