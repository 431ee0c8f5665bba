import { deriveKey } from './derived.ts'

/** The key for the hashes of quiet phones: see `data/people/quiet.ts`. */
export const quietKey = (secret: string) => deriveKey(secret, 'quiet phone')
