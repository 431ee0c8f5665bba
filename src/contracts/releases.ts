/** The cPanel package's versions on the disk, each in a folder of its own. */
export type Release = {
  /** Such as 0.2.0-3f2a91c0. */
  id: string
  version: string
  migrations: string[]
  /** Undefined: whole. */
  fault: string | undefined
}

export type Releases = {
  running: string
  /** Of the zip that was extracted last. */
  packed: string | undefined
  /** The file that CRON_SECRET stands in; undefined where the host's panel has it. */
  cronSecretFile: string | undefined
  list(): Promise<Release[]>
  /**
   * The next start runs this version; the one that runs now stays as the way back, earlier ones are
   * removed.
   */
  choose(id: string): Promise<void>
}
