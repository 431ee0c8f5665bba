import { DatabaseUnavailable } from '../data/database.ts'
import { describeError } from '../lib/log.ts'
import { orAfter } from '../lib/or-after.ts'
import type { Shop } from '../contracts/shop.ts'
import type { Language } from '../words/words.ts'
import { cinetpay, outsideClock } from './checks/cinetpay.ts'
import { database, deadline } from './checks/database.ts'
import { certificate, reverseProxy, sendFile } from './checks/reverse-proxy.ts'
import { configuration, cron, legal, phone, versions } from './checks/host.ts'
import { delayedMail, mailServer } from './checks/mail-server.ts'
import { mail } from './checks/mail.ts'
import { guesses } from './checks/guesses.ts'
import { notices } from './checks/notices.ts'
import { relay } from './checks/relay.ts'
import { replica } from './checks/replica.ts'
import { storage } from './checks/storage.ts'
import { visitors } from './checks/visitors.ts'
import { wrong } from './finding.ts'
import type { Finding } from './finding.ts'
import { doctorWords } from './words/words.ts'
import type { DoctorWords } from './words/words.ts'

export type { Finding } from './finding.ts'

/** Some checks wait twice, for five seconds each; the page may take 15 s in all. */
const CHECK_MS = 12_000

type Check = (shop: Shop, words: DoctorWords, language: Language) => Promise<Finding[]>

/** In the order in which they are shown; the name is for one that fails as a whole. */
const checks: [name: (words: DoctorWords) => string, check: Check][] = [
  [(words) => words.configuration.name, configuration],
  [(words) => words.versions.name, versions],
  [(words) => words.database.name, database],
  [(words) => words.replica.name, replica],
  [(words) => words.deadline.name, deadline],
  [(words) => words.clock.name, outsideClock],
  [(words) => words.storage.name, storage],
  [(words) => words.address.name, reverseProxy],
  [(words) => words.visitors.name, visitors],
  [(words) => words.sendFile.name, sendFile],
  [(words) => words.certificate.name, certificate],
  [(words) => words.relay.names.relay, relay],
  [(words) => words.cinetpay.name, cinetpay],
  [(words) => words.notice.name, notices],
  [(words) => words.mailServer.names.server, mailServer],
  [(words) => words.mailServer.names.delayed, delayedMail],
  [(words) => words.mail.none.name, mail],
  [(words) => words.cron.name, cron],
  [(words) => words.phone.name, phone],
  [(words) => words.guesses.name, guesses],
  [(words) => words.legal.name, legal],
]

/**
 * Looks at what a sale needs, from this process, all at once. One check that fails or hangs is a
 * red line of its own and hides no other. Changes no state; writes one small file and deletes it.
 */
export async function examine(shop: Shop, language: Language = 'en'): Promise<Finding[]> {
  const words = doctorWords(language)
  const found = await Promise.all(
    checks.map(([name, check]) =>
      orAfter(CHECK_MS, check(shop, words, language), () => [
        wrong(name(words), words.tooLong(CHECK_MS / 1000)),
      ]).catch((error: unknown) => {
        const known = describeError(error)
        // A database that is down has its own line.
        if (!(error instanceof DatabaseUnavailable))
          shop.log('doctor.failed', { check: name(words), ...known })
        return [wrong(name(words), words.failed(known['code'] ?? known['error'] ?? '?'))]
      }),
    ),
  )
  return unrepeated(found.flat())
}

/** Two correct clocks share one line. */
const unrepeated = (findings: Finding[]) =>
  findings.filter(
    (one, i) =>
      findings.findIndex(({ name, says }) => name === one.name && says === one.says) === i,
  )
