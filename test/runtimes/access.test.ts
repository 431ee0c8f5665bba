import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setupKey } from '../../src/admin/access/keys.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { testDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const START_MS = 60_000
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const PASSWORD = 'savane violon mercredi papaye'

const runtimes: [string, (databaseUrl: string) => Promise<Running>][] = [
  ['Node', (databaseUrl) => onNode({ DATABASE_URL: databaseUrl, APP_SECRET })],
  ['workerd', (databaseUrl) => onWorkerd(databaseUrl)],
]

describe.each(runtimes)('on %s', (_, start) => {
  let running: Running
  beforeAll(async () => {
    const database = await testDatabase()
    const started = await start(database.url)
    running = { ...started, stop: () => started.stop().then(() => database.drop()) }
  }, START_MS)
  afterAll(() => running?.stop(), START_MS)

  it(
    'the desk is opened, left, and entered by password and by passkey',
    async () => {
      const { url } = running
      let cookie = ''
      const send = async (path: string, body: URLSearchParams | object) => {
        const isForm = body instanceof URLSearchParams
        const answer = await fetch(url + path, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            origin: url,
            cookie,
            ...(isForm ? {} : { 'content-type': 'application/json' }),
          },
          body: isForm ? body : JSON.stringify(body),
        })
        const given = answer.headers.getSetCookie().map((each) => each.split(';')[0]!)
        const session = given.find((each) => each.startsWith('kiosque='))
        if (session !== undefined) cookie = session
        return answer
      }
      const submit = async (path: string, fields: Record<string, string>) => {
        const answer = await send(path, new URLSearchParams(fields))
        await answer.text()
        return answer
      }
      const isIn = async () => {
        const answer = await fetch(`${url}/admin/acces`, {
          headers: { cookie },
          redirect: 'manual',
        })
        await answer.text()
        return answer.status === 200
      }
      type Question = { id: string; options: never }
      const ask = async (path: string) => (await (await send(path, {})).json()) as Question

      const setup = `/admin/installation/${await setupKey(APP_SECRET)}`
      const made = await submit(setup, { name: 'Moussa', login: 'moussa', password: PASSWORD })
      expect(made.status).toBe(303)
      expect(await isIn()).toBe(true)

      const phone = await newAuthenticator()
      const toAdd = await ask('/admin/acces/cles/question')
      const key = await phone.create(toAdd.options, { origin: url })
      const added = await send('/admin/acces/cles', { id: toAdd.id, answer: key })
      expect(await added.json()).toEqual({ to: '/admin/acces?fait=cle' })

      const before = cookie
      await submit('/admin/sortir', {})
      expect(await isIn()).toBe(false)
      cookie = before
      expect(await isIn()).toBe(false)

      const refused = await submit('/admin/entrer', { login: 'moussa', password: 'faux' })
      expect(refused.status).toBe(422)
      const entered = await submit('/admin/entrer', { login: 'moussa', password: PASSWORD })
      expect(entered.status).toBe(303)
      expect(await isIn()).toBe(true)
      await submit('/admin/sortir', {})

      const toEnter = await ask('/admin/entrer/cle/question')
      const answer = await phone.get(toEnter.options, { origin: url })
      const opened = await send('/admin/entrer/cle', { id: toEnter.id, answer })
      expect(await opened.json()).toEqual({ to: '/admin' })
      expect(await isIn()).toBe(true)
    },
    START_MS,
  )
})
