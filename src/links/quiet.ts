import { deriveKey } from './derived.ts'

/** The key of the hashes under which quiet phones are kept: see `data/people/quiet.ts`. */
export const quietKey = (secret: string) => deriveKey(secret, 'quiet phone')
