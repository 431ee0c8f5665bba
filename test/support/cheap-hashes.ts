import { vi } from 'vitest'

/**
 * Passwords that are hashed in no time, and counted: for tests of how often, not of how hard. To be
 * imported before what hashes, by a `*.alone.test.ts`, whose modules are its own.
 */
const counted = vi.hoisted(() => ({ begun: 0, atWork: 0, most: 0 }))
export const hashes = counted

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  type Callback = (error: Error | null, key: Buffer) => void
  const scrypt = (text: string, salt: Buffer, length: number, _: object, done: Callback) => {
    counted.begun++
    counted.most = Math.max(counted.most, ++counted.atWork)
    real.scrypt(text, salt, length, { N: 1024, r: 1, p: 1 }, (error, key) => {
      counted.atWork--
      done(error, key)
    })
  }
  return { ...real, scrypt, default: { ...real, scrypt } }
})
