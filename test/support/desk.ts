import { addSession } from './session.ts'
import type { Role } from '../../src/data/people/sessions.ts'
import { randomToken } from '../../src/lib/encoding.ts'
import { sha256Hex } from '../../src/lib/hmac.ts'
import { sessionCookie } from '../../src/admin/guard.ts'
import type { TestShop } from './shop.ts'
import { form } from './form.ts'

type AnyShop = Pick<TestShop, 'sql' | 'shop' | 'request'>

/** Somebody at the desk, already signed in: asks and posts as that person's browser would. */
export async function signIn(test: AnyShop, role: Role = 'owner', name = 'Moussa') {
  const now = test.shop.now()
  const login = `${name.toLowerCase()}-${randomToken().slice(0, 6).toLowerCase()}`
  const [person] = await test.sql<{ id: number }[]>`
    insert into people (name, login, role, created_at)
    values (${name}, ${login}, ${role}, ${now})
    on conflict (role) where role = 'owner' and ended_at is null
    do update set name = excluded.name
    returning id`
  const token = randomToken()
  const expiresAt = new Date(now.getTime() + 365 * 24 * 3_600_000)
  const tokenHash = await sha256Hex(token)
  await addSession(test.sql, { tokenHash, personId: person!.id, device: 'test', expiresAt }, now)
  const headers = {
    cookie: `${sessionCookie(test.shop.config)}=${token}`,
    origin: test.shop.config.publicUrl,
    'sec-fetch-site': 'same-origin',
  }
  return {
    personId: person!.id,
    token,
    headers,
    get: (path: string) => test.request(path, { headers }),
    page: async (path: string) => (await test.request(path, { headers })).text(),
    post: (path: string, fields: Record<string, string>) =>
      test.request(path, form(fields, headers)),
  }
}
