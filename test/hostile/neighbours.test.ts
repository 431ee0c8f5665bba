import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** The shop may live on a domain of which it is one tenant: it speaks for no other name. */
describe('HSTS', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
  })
  afterAll(() => test.close())

  it.each(['/', '/admin/entrer', '/nulle-part', '/healthz', '/commande/x'])(
    'of %s binds this very host',
    async (path) => {
      const { headers } = await test.request(path)
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    },
  )

  it('of the Worker’s assets does, too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosque-assets-'))
    execFileSync('npx', ['tsx', 'tools/worker-assets.ts', folder], { stdio: 'ignore' })
    const headers = await readFile(join(folder, '_headers'), 'utf8')
    await rm(folder, { recursive: true })
    expect(headers).toMatch(/^ *strict-transport-security: max-age=31536000$/m)
    expect(headers).not.toContain('includeSubDomains')
  }, 60_000)
})
