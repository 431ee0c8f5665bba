/** In the package, instead of `data/embedded/embedded.ts`: PGlite is 27 MB and not for selling. */
export function openEmbedded(): never {
  throw new Error('The package needs a PostgreSQL: set DATABASE_URL.')
}
