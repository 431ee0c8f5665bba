import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Release, Releases } from '../../src/contracts/releases.ts'
import { signIn } from '../support/desk.ts'
import { openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

type Desk = Awaited<ReturnType<typeof signIn>>

describe('the desk’s page of the version', () => {
  let test: TestShop
  let owner: Desk
  let applied: string[]
  beforeAll(async () => {
    test = await openTestShop()
    owner = await signIn(test)
    const rows = await test.sql<{ name: string }[]>`select name from migrations order by name`
    applied = rows.map(({ name }) => name)
  })
  afterAll(() => test.close())

  /** Versions on the disk beside the one that runs, and what was chosen. */
  const onDisk = (others: Partial<Release>[], choose: Releases['choose'] = async () => {}) => {
    const whole = { version: '9.9.9', migrations: applied, fault: undefined }
    test.shop.releases = {
      running: '0.1.0-aaaa',
      packed: '9.9.9-bbbb',
      cronSecretFile: undefined,
      list: async () => [
        { ...whole, id: '0.1.0-aaaa' },
        ...others.map((other) => ({ ...whole, id: '9.9.9-bbbb', ...other })),
      ],
      choose,
    }
  }

  it('is the owner’s', async () => {
    const helper = await signIn(test, 'helper', 'Fatou')
    expect((await helper.get('/admin/version')).status).toBe(403)
    expect((await helper.post('/admin/version', { id: 'x' })).status).toBe(403)
    expect((await helper.get('/admin/installee')).status).toBe(403)
    expect((await test.request('/admin/version')).status).toBe(303)
  })

  it('says who updates a shop that did not come from the package', async () => {
    test.shop.releases = undefined
    expect(await owner.page('/admin/version')).toContain(
      'n’a pas été installée par le paquet cPanel',
    )
    expect((await owner.post('/admin/version', { id: '9.9.9-bbbb' })).status).toBe(400)
  })

  it('shows the line for cron, when it last came, and when it stopped', async () => {
    const html = await owner.page('/admin/version')
    expect(html).toContain('Bearer CRON_SECRET&quot; https://livres.example.net/cron')
    expect(html).not.toContain(SETTINGS.CRON_SECRET)
    expect(html).toContain('Elle ne s’est encore jamais exécutée')
    const authorization = `Bearer ${SETTINGS.CRON_SECRET}`
    await test.request('/cron', { method: 'POST', headers: { authorization } })
    expect(await owner.page('/admin/version')).toContain('Dernière exécution : 2 nov. 2026')
    test.advance(2 * 60 * 60_000)
    expect(await owner.page('/admin/version')).toContain('Elle ne s’est plus exécutée depuis')
  })

  it('begins a whole version, and says what it will do to the database', async () => {
    const chosen: string[] = []
    const choose = async (id: string) => void chosen.push(id)
    onDisk([{ migrations: [...applied, '9998_one', '9999_two'] }], choose)
    expect(await owner.page('/admin/version')).toContain('2 changements de la base de données')
    const answer = await owner.post('/admin/version', { id: '9.9.9-bbbb' })
    expect(await answer.text()).toContain('La version 9.9.9 démarre')
    expect(chosen).toEqual(['9.9.9-bbbb'])
    expect(test.lines.join('\n')).toContain('version.chosen')
  })

  const refused: [string, Partial<Release>, string][] = [
    ['one that was cut', { fault: 'dist/node.mjs' }, 'data-offer="cut"'],
    ['one from before the database changed', { migrations: [] }, 'data-offer="too-old"'],
  ]
  it.each(refused)('begins no other: %s', async (_, other, shown) => {
    const chosen: string[] = []
    onDisk([other], async (id) => void chosen.push(id))
    expect(await owner.page('/admin/version')).toContain(shown)
    expect((await owner.post('/admin/version', { id: '9.9.9-bbbb' })).status).toBe(409)
    expect((await owner.post('/admin/version', { id: '../../etc' })).status).toBe(409)
    expect(chosen).toEqual([])
  })

  it('says so when the choice cannot be written', async () => {
    onDisk([{}], async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    })
    const answer = await owner.post('/admin/version', { id: '9.9.9-bbbb' })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('le disque est plein')
  })
})
