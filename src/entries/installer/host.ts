import type { WriteFault } from '../../lib/safe-files.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import type { Shop } from '../../contracts/shop.ts'

/** What the installer asks of the machine; `node-host.ts` answers. Bindings of its router. */
export type Host = {
  /** Where the package lies, such as /home/moussa/kiosque. */
  root: string
  /** The address by which this visit came, as far as the reverse proxy can be believed. */
  visit: { origin: string; isSecure: boolean }
  /** What the panel sets: it goes before `.env`. */
  environment: Record<string, string | undefined>
  log: Shop['log']
  look(): Promise<HostFacts>
  /** The code that only the host's owner can read, and the file where it stands. */
  secret(): Promise<{ code: string; file: string }>
  /** What was settled so far: environment variables. */
  readDraft(): Promise<Draft>
  saveDraft(draft: Draft): Promise<void>
  tryDatabase(url: string): Promise<DatabaseLook>
  /** The address that CinetPay sees this host at; undefined where it is not shown. */
  seenAs(): Promise<string | undefined>
  /** Whether CinetPay lets these keys in, from here; undefined for what the shop would not start with. */
  tryKeys(draft: Draft): Promise<ProbeAnswer | undefined>
  /** Whether a file in `data/` can be fetched from outside, by this address. */
  isDataPublic(origin: string): Promise<boolean>
  /** Opens the shop with these settings, its database brought up to date. */
  openShop(draft: Draft): Promise<Shop>
  /**
   * Writes `.env`, once: from then on there is no installer. `taken`: somebody else was first.
   * `unwritable`: the settings have to be put in the panel.
   */
  finish(draft: Draft): Promise<'written' | 'taken' | 'unwritable'>
  /** Another process of this shop has finished, or this one. */
  isFinished(): boolean
}

export type Draft = Record<string, string>

export type HostFacts = {
  nodeVersion: string
  unwritable: { path: string; why: WriteFault }[]
  freeBytes: number | undefined
  /** A folder that hosts show to the public, and that the package lies in. */
  publicFolder: string | undefined
}

export type DatabaseLook =
  | {
      kind: 'works'
      version: string
      versionNumber: number
      mayCreate: boolean
      /** `shop`: one of ours is in it. `other`: tables of another program. */
      holds: 'nothing' | 'shop' | 'other'
      hasOwner: boolean
      /** How far the database's clock is ahead of this machine's. */
      aheadMs: number
    }
  | { kind: 'unreachable'; code: string }
