/** In the package, in the place of `data/embedded.ts`: PGlite is 27 MB and not for selling. */
export function openEmbedded(): never {
  throw new Error('The package needs a PostgreSQL: set DATABASE_URL.')
}
