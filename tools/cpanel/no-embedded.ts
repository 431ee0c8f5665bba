/** In the package, instead of `packages/pglite-for-postgres`: PGlite is 27 MB and not for selling. */
export async function openEmbedded(): Promise<never> {
  throw new Error('The package needs a PostgreSQL: set DATABASE_URL.')
}
