import { randomHex } from '../codes.ts'
import type { Options } from '../options.ts'

const SANDBOX_LIFE_S = 5_700
const LIFE_S = 86_400

/** The tokens issued, in memory: after a restart each caller must log in again. */
export function logInBook({ now, v1, apiFaults }: Options) {
  const expiries = new Map<string, number>()
  const lifeNow = () =>
    Number(apiFaults.life) || (v1?.apiKey.startsWith('sk_test_') ? SANDBOX_LIFE_S : LIFE_S)
  return {
    open() {
      for (const [token, expiry] of expiries) if (expiry <= now().getTime()) expiries.delete(token)
      const token = randomHex(32)
      const lifeSeconds = lifeNow()
      expiries.set(token, now().getTime() + lifeSeconds * 1000)
      return { token, lifeSeconds }
    },
    /** Invalidates all tokens issued so far. */
    forget() {
      expiries.clear()
    },
    faultOf(authorization: string | undefined): 1002 | 1003 | undefined {
      const expiry = expiries.get(/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '')
      if (expiry === undefined || apiFaults.renewal === 'none') return 1002
      return expiry <= now().getTime() ? 1003 : undefined
    },
  }
}

export type LogInBook = ReturnType<typeof logInBook>
