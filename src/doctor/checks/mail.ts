import type { MailSettings } from '../../config/mail.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Probes } from '../../contracts/probes.ts'
import { dmarcDomain } from './dmarc.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/** Whether the DNS records of the sender's domain let mail providers trust its mail. */
export async function mail(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const settings = shop.config.mail
  const { names, none, ...says } = words.mail
  if (!settings) return [advice(none.name, { says: none.says })]
  const txt = shop.probes?.txt
  if (!txt) return []
  const domain = /@([^@>\s]+)>?$/.exec(settings.from)![1]!.toLowerCase()
  const looks = {
    spf: () => spf(txt, domain, settings, words),
    dkim: () => dkim(txt, domain, settings, words),
    dmarc: () => dmarc(txt, domain, words),
  }
  return Promise.all(
    (Object.keys(looks) as (keyof typeof looks)[]).map((record) =>
      looks[record]().catch((error: unknown) => {
        const { code } = error as { code?: unknown }
        return advice(names[record], says.unseen(typeof code === 'string' ? code : 'DNS'))
      }),
    ),
  )
}

type Txt = Probes['txt']

/** Receivers check the envelope's domain: mail services use a subdomain of ours. */
const SERVICE_ENVELOPE = 'send'

async function spf(txt: Txt, domain: string, { kind }: MailSettings, words: DoctorWords) {
  const { names, ...says } = words.mail
  const places = kind === 'service' ? [`${SERVICE_ENVELOPE}.${domain}`, domain] : [domain]
  for (const place of places) {
    const records = (await txt(place)).filter((record) => /^v=spf1(?:\s|$)/i.test(record))
    if (records.length === 0) continue
    if (records.length > 1) return wrong(names.spf, says.manySpf(place))
    const isOpen = /\s\+?all\s*$/i.test(records[0]!)
    return isOpen ? wrong(names.spf, says.openSpf(place)) : well(names.spf, says.spf(place))
  }
  return wrong(names.spf, says.noSpf(domain))
}

/** The sender chooses the name of its key: cPanel uses `default`, Resend `resend`. */
const SELECTORS = {
  smtp: ['default', 'x', 'mail', 'dkim', 'google', 'selector1'],
  service: ['resend', 'default', 'mail', 's1', 'k1'],
} satisfies Record<MailSettings['kind'], string[]>

async function dkim(txt: Txt, domain: string, { kind }: MailSettings, words: DoctorWords) {
  const { names, ...says } = words.mail
  const selectors = SELECTORS[kind]
  const found = await Promise.all(
    selectors.map(async (selector) =>
      (await txt(`${selector}._domainkey.${domain}`)).some((record) => /\bp=\S/.test(record)),
    ),
  )
  const selector = selectors.find((_, i) => found[i])
  return selector
    ? well(names.dkim, says.dkim(selector))
    : advice(names.dkim, says.noDkim(selectors.join(', ')))
}

async function dmarc(txt: Txt, domain: string, words: DoctorWords) {
  const { names, ...says } = words.mail
  const found = await dmarcDomain(txt, domain)
  return found ? well(names.dmarc, says.dmarc(found)) : wrong(names.dmarc, says.noDmarc(domain))
}
