import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { devicePass, invitationKey, setupKey, userHandle } from '../../src/admin/access/keys.ts'
import { fileKey, orderKey } from '../../src/links/keys.ts'
import { deriveKey, inputOf, PURPOSES } from '../../src/links/derived.ts'
import { secretMark } from '../../src/backup/pack.ts'

const SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const LOCK = { code: '7K3M94FT', linkVersion: 2 }

describe('what is derived from APP_SECRET', () => {
  it('has a label for each purpose, and none begins like another', () => {
    for (const one of PURPOSES)
      for (const other of PURPOSES)
        if (one !== other) expect(`${other} `.startsWith(`${one} `)).toBe(false)
    expect(new Set(PURPOSES).size).toBe(PURPOSES.length)
  })

  it('is the same for two purposes, or two lists of parts, never', () => {
    const texts = [
      '',
      'a',
      'a b',
      'owner',
      'owner 3',
      '7K3M94FT',
      'a%20b',
      'notice a',
      'é',
      '\u00A0',
    ]
    const lists = [
      [],
      ...texts.map((text) => [text]),
      ...texts.flatMap((a) => texts.map((b) => [a, b])),
    ]
    const inputs = PURPOSES.flatMap((purpose) => lists.map((parts) => inputOf(purpose, parts)))
    expect(new Set(inputs).size).toBe(inputs.length)
  })

  it('knows an order’s device from the desk’s, though a login may look like a code', async () => {
    const [login, token] = ['12345678', 'AwaAwaAwaAwaAwaAwaAwaA']
    const ofOrder = await deriveKey(SECRET, 'device of an order', login, token)
    expect(await devicePass(SECRET, login, token)).not.toBe(ofOrder)
  })

  it('opens what was sold before, for ever', async () => {
    const at = new Date('2026-11-02T10:30:00Z')
    expect({
      order: await orderKey(SECRET, LOCK),
      file: await fileKey(SECRET, LOCK, 41),
      setup: await setupKey(SECRET),
      invitation: await invitationKey(SECRET, { id: 3, invitedAt: at }),
      passkey: await userHandle(SECRET, 3),
      backup: await secretMark(SECRET),
    }).toEqual({
      order: '7K3M94FT.Y63XRksvTbnvc5_s925AaA',
      file: '7K3M94FT.41.OOziPK0jV3cHF0irJ4TnfA',
      setup: 'keH4PF0dyAkYXYrTyt6dpg',
      invitation: '3.xKL9xtXhkkecv_bLmStUyw',
      passkey: 'XfI-7WAXJv4YhcGNANb-0A',
      backup: '09Q8GILfitg2EnDeSJqcjg86ejwljDuNjzfoBIdGpFM',
    })
  })

  it('is derived in one place', () => {
    // Under keys of their own: CinetPay's secret, and the installer's code.
    const elsewhere = ['entries/installer/code.ts', 'payment/cinetpay-notice.ts']
    const using = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && file !== 'lib/hmac.ts')
      .filter((file) => readFileSync(join('src', file), 'utf8').includes('hmacSha256('))
    expect(using.sort()).toEqual(['links/derived.ts', ...elsewhere].sort())
  })
})
