import { callOutside } from '../lib/outbound.ts'
import type { Fetch } from '../lib/outbound.ts'
import type { MailSettings } from '../config/mail.ts'
import type { Mail, SendAnswer } from '../contracts/mail.ts'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 64 * 1024

/**
 * Mail by a service over HTTP that takes an idempotency key (Resend: resend.com/docs/api-reference,
 * "Idempotency keys", kept for 24 hours): the same key again sends nothing new, so a letter whose
 * answer was lost is simply sent again. Works wherever `fetch` does, in workerd as well.
 */
export function serviceMail(
  settings: Extract<MailSettings, { kind: 'service' }>,
  fetch: Fetch,
): Mail {
  return {
    perHour: settings.perHour,
    async send({ key, to, replyTo, subject, text, html }): Promise<SendAnswer> {
      const call = {
        url: `${settings.apiUrl}/emails`,
        method: 'POST',
        headers: {
          authorization: `Bearer ${settings.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          'user-agent': 'Kiosque/1 (e-book shop)',
        },
        body: JSON.stringify({
          from: settings.from,
          to: [to],
          ...(replyTo && { reply_to: replyTo }),
          subject,
          text,
          html,
        }),
      }
      const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
      const answer = await callOutside(fetch, call, limits)
      if (answer.kind === 'failed') return { kind: 'later', reason: answer.reason }
      const { status } = answer
      if (status >= 200 && status < 300) return { kind: 'sent' }
      // The same key with another text, since an address or a title was mended between two tries:
      // the first letter was taken.
      if (status === 409 && answer.text.includes('invalid_idempotent_request'))
        return { kind: 'sent' }
      const reason = `HTTP ${status}`
      // The letter itself is wrong. A key, a quota or a server that is wrong today may be mended.
      return status === 400 || status === 422
        ? { kind: 'refused', reason }
        : { kind: 'later', reason }
    },
  }
}
