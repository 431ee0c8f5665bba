import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import nodemailer from 'nodemailer'
import type { MailSettings } from '../config/mail.ts'
import { NO_TLS } from '../contracts/mail.ts'
import type { Letter, SendAnswer } from '../contracts/mail.ts'
import { readSmtpUrl } from '../config/smtp-url.ts'

const CONNECT_MS = 10_000
const SILENCE_MS = 20_000

/**
 * Mail by a plain SMTP server, on both runtimes. SMTP knows no idempotency key: when the connection breaks
 * after the letter was given and before the server said yes, or the process dies there, nobody can
 * know whether it was taken. It is given again, under the same Message-ID, by which most mailboxes
 * show one letter: at most one double for each such break.
 */
export function smtpMail(settings: Extract<MailSettings, { kind: 'smtp' }>) {
  const { host, port, secure, login, starttls } = readSmtpUrl(
    settings.url,
    settings.allowsCleartextPassword ?? false,
  )
  // Not by `url`: what stands in its query would be stronger than what stands here.
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    auth: login,
    requireTLS: starttls === 'required',
    ignoreTLS: starttls === 'never',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket,
  } as object)
  const mailHost = /@([^>\s]+)>?$/.exec(settings.from)![1]!
  return {
    perHour: settings.perHour,
    async send({ key, to, replyTo, subject, text, html }: Letter): Promise<SendAnswer> {
      try {
        await transport.sendMail({
          from: settings.from,
          // As an object it is one address, whatever it holds.
          to: { name: '', address: to },
          ...(replyTo && { replyTo: { name: '', address: replyTo } }),
          subject,
          text,
          html,
          messageId: `<${key}@${mailHost}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent' }
      } catch (error) {
        return asAnswer(error)
      }
    },
    async greet(): Promise<SendAnswer> {
      try {
        await transport.verify()
        return { kind: 'sent' }
      } catch (error) {
        return asAnswer(error)
      }
    },
  }
}

type Opened = (error: Error | null, socket?: { connection: unknown; secured: boolean }) => void
type Server = { host?: string; port?: number; secure?: boolean }

/**
 * Opens the connection by the server's name. Left to itself, nodemailer connects to the address
 * that it looked up, and workerd then checks the certificate against that (seen with 10.6).
 */
function getSocket({ host = '', secure = false, port = secure ? 465 : 587 }: Server, done: Opened) {
  const socket = secure
    ? connectSecurely({ host, port, servername: host })
    : connect({ host, port })
  const patience = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), CONNECT_MS)
  const fail = (error: Error) => {
    clearTimeout(patience)
    done(error)
  }
  socket.once('error', fail)
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    clearTimeout(patience)
    socket.off('error', fail)
    done(null, { connection: socket, secured: secure })
  })
}

/**
 * RFC 5321, 4.2.1: 5yz is for ever, 4yz for now. A refused login and a server that does not encrypt
 * are for the person who runs the shop to mend.
 */
function asAnswer(error: unknown): SendAnswer {
  const { code, responseCode, command } = error as {
    code?: string
    responseCode?: number
    command?: string
  }
  const isSaid = responseCode !== undefined
  if (isSaid && (command === 'STARTTLS' || command === 'EHLO') && responseCode !== 421)
    return { kind: 'later', reason: NO_TLS }
  const reason = [code, responseCode].filter(Boolean).join(' ') || 'unknown'
  const isForEver = isSaid && responseCode >= 500 && code !== 'EAUTH'
  return isForEver ? { kind: 'refused', reason } : { kind: 'later', reason }
}
