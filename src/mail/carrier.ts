import type { MailSettings } from '../config/mail.ts'
import type { Mail } from '../contracts/mail.ts'
import { serviceMail } from './service.ts'

/**
 * The mail carrier that the settings name, on both runtimes. The SMTP library is loaded with the
 * first letter.
 */
export function openMail(
  settings: MailSettings | undefined,
  fetch: (request: Request) => Promise<Response>,
): Mail | undefined {
  if (settings?.kind !== 'smtp') return settings && serviceMail(settings, fetch)
  const open = async () => (await import('./smtp.ts')).smtpMail(settings)
  return {
    perHour: settings.perHour,
    send: async (letter) => (await open()).send(letter),
    greet: async () => (await open()).greet(),
  }
}
