import type { WriteFault } from '../../lib/safe-files.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import type { Shop } from '../../contracts/shop.ts'

/** What the installer needs from the machine; `node-host.ts` provides it. Its router's bindings. */
export type Host = {
  /** Where the package lies, such as /home/moussa/kiosque. */
  root: string
  /** The origin of this visit, as far as the reverse proxy can be trusted. */
  visit: { origin: string; isSecure: boolean }
  /** Set in the host's panel: takes precedence over `.env`. */
  environment: Record<string, string | undefined>
  log: Shop['log']
  look(): Promise<HostFacts>
  /** The code that only the host's owner can read, and the file where it stands. */
  secret(): Promise<{ code: string; file: string }>
  /** The settings so far, as environment variables. */
  readDraft(): Promise<Draft>
  saveDraft(draft: Draft): Promise<void>
  tryDatabase(url: string): Promise<DatabaseLook>
  /** Our address as CinetPay sees it; undefined if it is not reported. */
  seenAs(): Promise<string | undefined>
  /**
   * Whether CinetPay accepts these keys from here; undefined for settings that the shop would not
   * start with.
   */
  tryKeys(draft: Draft): Promise<ProbeAnswer | undefined>
  /** Whether a file in `data/` can be fetched from outside, at this origin. */
  isDataPublic(origin: string): Promise<boolean>
  /** Opens the shop with these settings and migrates its database. */
  openShop(draft: Draft): Promise<Shop>
  /**
   * Writes `.env`, once: from then on there is no installer. `taken`: somebody else was faster.
   * `unwritable`: the settings must be entered in the panel.
   */
  finish(draft: Draft): Promise<'written' | 'taken' | 'unwritable'>
  /** This or another process has finished the installation. */
  isFinished(): boolean
}

export type Draft = Record<string, string>

export type HostFacts = {
  nodeVersion: string
  unwritable: { path: string; why: WriteFault }[]
  freeBytes: number | undefined
  /** A folder that hosts serve publicly and that contains the package. */
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
