import { hashPassword } from '../../src/lib/password.ts'
import type { TestShop } from './shop.ts'

/** The headers with which a browser sends a form of our own. */
export const ownForm = (test: TestShop) => ({
  origin: test.shop.config.publicUrl,
  'sec-fetch-site': 'same-origin',
})

/** An owner with this login and password; the one that is there changes to it. */
export async function owner(test: TestShop, login: string, password: string): Promise<number> {
  const hash = await hashPassword(password)
  const [person] = await test.sql<{ id: number }[]>`
    insert into people (name, login, role, password_hash, created_at)
    values ('Moussa', ${login}, 'owner', ${hash}, ${test.shop.now()})
    on conflict (role) where role = 'owner' and ended_at is null
    do update set login = excluded.login, password_hash = excluded.password_hash
    returning id`
  return person!.id
}

/** Fills in the door's form and presses "Entrer". */
export function signInForm(
  test: TestShop,
  login: string,
  password: string,
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  return test.post('/admin/entrer', { login, password, ...more }, { ...ownForm(test), ...headers })
}

/** The cookies that an answer gives, as a browser sends them back. */
export const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
