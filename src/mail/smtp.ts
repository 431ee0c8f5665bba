import nodemailer from 'nodemailer'
import type { MailSettings } from './config.ts'
import type { Mail, SendAnswer } from './mail.ts'

const CONNECT_MS = 10_000
const SILENCE_MS = 20_000

/**
 * Mail by a plain SMTP server, on Node. SMTP knows no idempotency key: when the connection breaks
 * after the letter was given and before the server said yes, or the process dies there, nobody can
 * know whether it was taken. It is given again, under the same Message-ID, by which most mailboxes
 * show one letter: at most one double for each such break.
 */
export function smtpMail(settings: Extract<MailSettings, { kind: 'smtp' }>): Mail {
  const transport = nodemailer.createTransport(settings.url, {
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    from: settings.from,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object)
  const host = /@([^>\s]+)>?$/.exec(settings.from)![1]!
  return {
    perHour: settings.perHour,
    async send({ key, to, replyTo, subject, text, html }): Promise<SendAnswer> {
      try {
        await transport.sendMail({
          from: settings.from,
          // As an object it is one address, whatever it holds.
          to: { name: '', address: to },
          ...(replyTo && { replyTo: { name: '', address: replyTo } }),
          subject,
          text,
          html,
          messageId: `<${key}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent' }
      } catch (error) {
        return asAnswer(error)
      }
    },
  }
}

/** RFC 5321, 4.2.1: 5yz is for ever, 4yz for now. A refused login is for whoever runs the shop. */
function asAnswer(error: unknown): SendAnswer {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const reason = [code, responseCode].filter(Boolean).join(' ') || 'unknown'
  const isForEver = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH'
  return isForEver ? { kind: 'refused', reason } : { kind: 'later', reason }
}
