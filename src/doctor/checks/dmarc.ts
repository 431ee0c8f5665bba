import type { Probes } from '../../contracts/probes.ts'

/** RFC 9989, 4.10: so many questions, however long the name. */
const MAX_QUERIES = 8

/**
 * The domain whose DMARC record receivers apply to this sender's letters: its own, else that of its
 * organization (RFC 9989, 4.10.1). The DNS is asked on the way up, since no count of labels finds
 * the organization: `shop.co.uk` is one, `co.uk` is a registry.
 */
export async function dmarcDomain(txt: Probes['txt'], sender: string): Promise<string | undefined> {
  let found: string | undefined
  let below = sender
  for (const domain of walkUp(sender)) {
    const records = (await txt(`_dmarc.${domain}`)).filter((text) => /^v=DMARC1\b/i.test(text))
    // Of several, receivers apply none.
    const record = records.length === 1 ? records[0]! : undefined
    if (record && domain === sender) return sender
    const psd = /;\s*psd\s*=\s*([yn])/i.exec(record ?? '')?.[1]?.toLowerCase()
    // A registry's record: the organization is one label below, and only its own word counts.
    if (psd === 'y') return found === below ? found : undefined
    if (record) found = domain
    if (psd === 'n') return found
    below = domain
  }
  return found
}

/** The domain, then those above it; a long name is cut at once to what the other questions reach. */
function walkUp(domain: string): string[] {
  const labels = domain.split('.')
  const above = labels.slice(Math.max(1, labels.length - (MAX_QUERIES - 1)))
  return [domain, ...above.map((_, i) => above.slice(i).join('.'))]
}
