import * as v from 'valibot'
import { address, optional, secret, shaped } from '../lib/variables.ts'
import { faultOfSmtpUrl } from './smtp-url.ts'

/** What the host settles of mail: one of two ways, or none. */
export type MailSettings = { from: string; perHour: number } & (
  | { kind: 'smtp'; url: string; allowsCleartextPassword?: boolean }
  /** A mail service with a Resend-compatible API, including idempotency keys. */
  | { kind: 'service'; apiUrl: string; apiKey: string }
)

export const MAIL_API_URL = 'https://api.resend.com'
/** Below what shared hosts commonly allow (100 and more). */
const PER_HOUR = 60
const MAX_PER_HOUR = 100_000

const From = shaped(
  /^(?:[^<>"\r\n]{1,60} <[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@"]+>|[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@"]+)$/,
  'MAIL_FROM is an address, such as Chez Moussa <livres@example.com>.',
)
const isSmtpUrl = (text: string) =>
  /^smtps?:\/\/[^/?#\s]+\/?(?:\?[^#\s]*)?$/.test(text) && URL.canParse(text)
const SmtpUrl = shaped(
  isSmtpUrl,
  'SMTP_URL is not a mail server, such as smtps://user:password@mail.example.com:465 (in a user or password write @ as %40, / as %2F, ? as %3F and # as %23).',
)
const PerHour = shaped(
  (text) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= MAX_PER_HOUR,
  `MAIL_PER_HOUR is a number from 1 to ${MAX_PER_HOUR}.`,
)

export const MailVariables = {
  MAIL_FROM: optional(From),
  SMTP_URL: optional(SmtpUrl),
  SMTP_ALLOW_CLEARTEXT_PASSWORD: optional(
    v.picklist(['on'], 'SMTP_ALLOW_CLEARTEXT_PASSWORD is on, or not set.'),
  ),
  MAIL_API_KEY: v.optional(secret('MAIL_API_KEY')),
  MAIL_API_URL: optional(address('MAIL_API_URL')),
  MAIL_PER_HOUR: optional(PerHour),
}
type RawMail = Partial<Record<keyof typeof MailVariables, string | undefined>>

/** Faults of settings that are right alone and wrong together. */
export function mailFaults(raw: RawMail): string[] {
  const faults: string[] = []
  const ways = [raw.SMTP_URL, raw.MAIL_API_KEY].filter((way) => way)
  if (ways.length === 2) faults.push('SMTP_URL and MAIL_API_KEY are both set: mail goes one way.')
  if (ways.length > 0 && !raw.MAIL_FROM)
    faults.push(
      'MAIL_FROM is missing: mail needs a sender, such as Chez Moussa <livres@example.com>.',
    )
  if (ways.length === 0 && raw.MAIL_FROM)
    faults.push('MAIL_FROM is set without a way to send: set SMTP_URL, or MAIL_API_KEY.')
  if (raw.MAIL_API_URL && !raw.MAIL_API_KEY)
    faults.push('MAIL_API_URL is set without MAIL_API_KEY: set both, or none.')
  const unsafe = raw.SMTP_URL && isSmtpUrl(raw.SMTP_URL) && faultOfSmtpUrl(raw.SMTP_URL, isOn(raw))
  if (unsafe) faults.push(unsafe)
  return faults
}

const isOn = (raw: RawMail) => raw.SMTP_ALLOW_CLEARTEXT_PASSWORD === 'on'

/** For settings without faults. */
export function mailOf(raw: RawMail): MailSettings | undefined {
  if (!raw.MAIL_FROM) return undefined
  const common = { from: raw.MAIL_FROM, perHour: Number(raw.MAIL_PER_HOUR || PER_HOUR) }
  if (raw.SMTP_URL)
    return { ...common, kind: 'smtp', url: raw.SMTP_URL, allowsCleartextPassword: isOn(raw) }
  const apiUrl = (raw.MAIL_API_URL || MAIL_API_URL).replace(/\/$/, '')
  return { ...common, kind: 'service', apiUrl, apiKey: raw.MAIL_API_KEY! }
}
