import { findDelayedMail } from '../../data/messages/sending.ts'
import { NO_TLS } from '../../contracts/mail.ts'
import { readSmtpUrl } from '../../config/smtp-url.ts'
import type { Shop } from '../../contracts/shop.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/** Whether the mail server would accept a letter: connects and logs in, and sends nothing. */
export async function mailServer(shop: Shop, { mailServer: words }: DoctorWords) {
  const findings: Finding[] = []
  const settings = shop.config.mail
  if (settings?.kind === 'smtp' && settings.allowsCleartextPassword)
    if (readSmtpUrl(settings.url, false).starttls === 'required')
      findings.push(advice(words.names.password, words.cleartext))
  const answer = await shop.mail?.greet?.()
  if (!answer) return findings
  const { server } = words.names
  if (answer.kind === 'sent') findings.push(well(server, words.well))
  else
    findings.push(
      wrong(server, answer.reason === NO_TLS ? words.noTls : words.refused(answer.reason)),
    )
  return findings
}

/** Letters that could not be sent yet, and why. */
export async function delayedMail(shop: Shop, { mailServer: words }: DoctorWords) {
  const delayed = await findDelayedMail(shop.sql)
  if (!delayed) return []
  const { count, fault } = delayed
  const name = words.names.delayed
  if (fault !== NO_TLS)
    return [advice(name, { says: words.delayed(count, words.lastAnswer(fault)) })]
  const { says, deed } = words.noTls
  return [wrong(name, { says: words.delayed(count, says), deed })]
}
