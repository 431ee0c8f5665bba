/** Somebody with a browser at the installer: keeps cookies, follows answers, sends forms. */
import { installationCode } from './package-tools.ts'

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>

export type Seen = { status: number; path: string; html: string }
export type Visitor = ReturnType<typeof visitor>

const MAX_STEPS = 8

export function visitor(ask: Ask, origin: string) {
  const cookies = new Map<string, string>()
  const headers = () => ({
    'accept-language': 'fr',
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    origin,
    'sec-fetch-site': 'same-origin',
  })
  const go = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    let next = { path, init }
    for (let step = 0; step < MAX_STEPS; step++) {
      const answer = await ask(next.path, {
        redirect: 'manual',
        ...next.init,
        headers: { ...headers(), ...(next.init.headers as Record<string, string>) },
      })
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
        cookies.set(name!, value!)
      }
      const to = answer.headers.get('location')
      const html = await answer.text()
      if (answer.status !== 303 || !to) return { status: answer.status, path: next.path, html }
      next = { path: new URL(to, origin).pathname, init: {} }
    }
    throw new Error('too many redirects')
  }
  const send = (path: string, fields: Record<string, string>, more = {}) =>
    go(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...more },
    })
  return {
    go,
    send,
    enter: (folder: string) => send('/installer', { code: installationCode(folder) }),
  }
}

type Database = { host: string; port: string; name: string; user: string; password: string }

export const databaseFields = ({ host, port, name, user, password }: Database) => ({
  host,
  port,
  name,
  user,
  password,
})

export const DEMONSTRATION = { kind: 'later', currency: 'XOF', country: 'ML' }
export const OWNER = { name: 'Moussa', login: 'moussa', password: 'lagune tambour vendredi 47' }

/** All steps up to the owner's page; what is seen at the end. */
export async function settle(someone: Visitor, origin: string, database: Database) {
  await someone.send('/installer/adresse', { address: origin })
  await someone.send('/installer/base', databaseFields(database))
  await someone.send('/installer/paiements', DEMONSTRATION)
  return someone.send('/installer/courrier', { deed: 'later' })
}
