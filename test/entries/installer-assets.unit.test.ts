import { describe, expect, it } from 'vitest'
import { installer } from '../../src/entries/installer/app.tsx'
import type { InstallerEnv } from '../../src/entries/installer/steps.tsx'
import { deskStylesheetPath } from '../../src/admin/assets.ts'
import { paths } from '../../src/links/addresses.ts'

/** Where there are no settings yet, and no shop that could be asked for any. */
const env = {
  isFinished: () => false,
  visit: { isSecure: true },
} as InstallerEnv['Bindings']

describe('before there is a shop', () => {
  it.each([deskStylesheetPath, paths.favicon])('the installer serves %s', async (path) => {
    expect((await installer.request(path, {}, env)).status).toBe(200)
  })

  it('the logo of the shop that will be leads to the installer', async () => {
    const answer = await installer.request('/logo', {}, env)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/installer'])
  })
})
