import type { AppliedMigration } from '../../data/versions.ts'
import type { Release, Releases } from '../../contracts/releases.ts'

export type Offer = Pick<Release, 'id' | 'version'> & {
  /** From the zip that was extracted last. */
  isFresh: boolean
} & (
    | { kind: 'cut' }
    /** A newer version changed the database, which this one does not know. */
    | { kind: 'too-old' }
    | { kind: 'ready'; /** Changes that its start makes to the database. */ steps: number }
  )

/** The versions on the disk that could replace this one, first the one that was extracted last. */
export async function offersOf(
  releases: Releases,
  applied: readonly AppliedMigration[],
): Promise<Offer[]> {
  const { running, packed } = releases
  const others = (await releases.list()).filter(({ id }) => id !== running)
  const offers = others.map(({ id, version, migrations, fault }): Offer => {
    const common = { id, version, isFresh: id === packed }
    if (fault !== undefined) return { ...common, kind: 'cut' }
    const known = new Set(migrations)
    if (applied.some(({ name }) => !known.has(name))) return { ...common, kind: 'too-old' }
    return { ...common, kind: 'ready', steps: migrations.length - applied.length }
  })
  return offers.toSorted((a, b) => Number(b.isFresh) - Number(a.isFresh))
}
