import { describe, expect, it } from 'vitest'
import { connectTo } from '../../src/data/database.ts'
import { reasonAway } from '../../src/lib/database-away.ts'
import { faultOfDatabaseUrl, forDriver } from '../../src/lib/database-url.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'

const HOST = 'db.example.net:5432/shop'

describe('an address of PostgreSQL', () => {
  it.each([
    `postgres://moussa:secret@${HOST}`,
    `postgresql://moussa:50%25%2F%40@${HOST}?sslmode=require`,
    'postgres://moussa:a,b@one.example.net:5432,two.example.net:5433/shop',
    'postgres://db.example.net/shop',
    'postgres:///shop',
  ])('is taken: %s', (url) => {
    expect(faultOfDatabaseUrl(url)).toBeUndefined()
    // And the driver reads it.
    expect(() => connectTo(url)).not.toThrow()
  })

  it.each(['50%', '50%zz', 'a/b', '12/b', 'a?b', '12?b', 'a#b', 'a@b', '12#b'])(
    'is refused with a bare sign in its password: %s',
    (password) => {
      expect(faultOfDatabaseUrl(`postgres://moussa:${password}@${HOST}`)).toBe('signs')
      const written = encodeURIComponent(password)
      expect(faultOfDatabaseUrl(`postgres://moussa:${written}@${HOST}`)).toBeUndefined()
      expect(connectTo(`postgres://moussa:${written}@${HOST}`).options).toMatchObject({
        host: ['db.example.net'],
        database: 'shop',
        pass: password,
      })
    },
  )

  it.each(['', 'moussa', 'mysql://a/b', 'postgres://', 'https://a/b'])('is none: %s', (text) => {
    expect(faultOfDatabaseUrl(text)).toBe('other')
  })
})

describe('what an address says of how to connect', () => {
  it('checks the certificate where nobody may stand between', () => {
    const neon = `postgresql://a:b@${HOST}?sslmode=require&channel_binding=require`
    expect(forDriver(neon)).toBe(`postgresql://a:b@${HOST}?sslmode=verify-full`)
    expect(forDriver(`postgres://a:b@${HOST}?sslrootcert=system`)).toContain('=verify-full')
    expect(connectTo(neon).options.ssl).toBe('verify-full')
  })

  it('is not given up in silence where it asks for safety', () => {
    const asked = `postgres://a:b@${HOST}?sslmode=require&sslrootcert=%2Fca.pem&require_auth=scram`
    expect(forDriver(asked)).toBe(asked)
  })

  it('is left as it is otherwise', () => {
    for (const rest of ['', '?sslmode=require', '?options=-c+search_path%3Da&sslmode=disable'])
      expect(forDriver(`postgres://a:b@${HOST}${rest}`)).toBe(`postgres://a:b@${HOST}${rest}`)
  })

  it.skipIf(!realPostgres)('does not reach a server that would refuse it', async () => {
    const database = await testDatabase()
    const asked = 'gssencmode=disable&keepalives=1&channel_binding=prefer&sslsni=1'
    const sql = connectTo(`${database.url}?${asked}&application_name=trial`, { max: 1 })
    expect(await sql`show application_name`).toEqual([{ applicationName: 'trial' }])
    await sql.end()
    await database.drop()
  })
})

describe('a fault of the database', () => {
  it.each([
    ['28P01', 'login'],
    ['SASL_SIGNATURE_MISMATCH', 'login'],
    ['3D000', 'missing'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['57P01', 'silent'],
    ['ECONNRESET', 'silent'],
    ['CONNECT_TIMEOUT', 'silent'],
    ['23505', undefined],
    ['42704', undefined],
    ['ERR_INVALID_ARG_TYPE', undefined],
  ])('%s is that it is away: %s', (code, reason) => {
    expect(reasonAway(code)).toBe(reason)
  })
})
