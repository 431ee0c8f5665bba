import type { Host, HostFacts } from './host.ts'
import { LOOPBACK } from './settings.ts'
import type { InstallerWords } from './words.ts'

export type Check = { state: 'good' | 'warn' | 'bad'; says: string }

const MEGABYTE = 1_000_000
/** Room for the database's other data, a log, and a first book. */
const LITTLE_SPACE_BYTES = 300 * MEGABYTE

/** What can be checked before anything is asked; one `bad` stops the installation. */
export function checksOf(
  facts: HostFacts,
  { root, visit }: Pick<Host, 'root' | 'visit'>,
  words: InstallerWords,
): Check[] {
  const { host } = words
  const good = (says: string): Check => ({ state: 'good', says })
  const bad = (says: string): Check => ({ state: 'bad', says })
  const warn = (says: string): Check => ({ state: 'warn', says })
  const unwritable = facts.unwritable.map(({ path, why }) =>
    path === root && why === 'forbidden'
      ? warn(host.rootUnwritable(path))
      : bad(words.unwritable(path, why)),
  )
  const megabytes = facts.freeBytes === undefined ? undefined : facts.freeBytes / MEGABYTE
  return [
    good(host.node(facts.nodeVersion)),
    ...(unwritable.length > 0 ? unwritable : [good(host.writable)]),
    ...(megabytes === undefined
      ? []
      : [
          megabytes * MEGABYTE < LITTLE_SPACE_BYTES
            ? warn(host.littleSpace(Math.floor(megabytes)))
            : good(host.space),
        ]),
    visit.isSecure || LOOPBACK.test(new URL(visit.origin).hostname)
      ? good(host.secure)
      : bad(host.insecure),
    facts.publicFolder ? bad(host.public(facts.publicFolder)) : good(host.private),
  ]
}
