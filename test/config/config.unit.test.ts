import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { SETTINGS } from '../support/settings.ts'

const faultsOf = (settings: Record<string, string | undefined>) => {
  const reading = readConfig(settings)
  return reading.ok ? [] : reading.faults
}

describe('the settings', () => {
  it('need nothing for a demonstration on this machine', () => {
    const reading = readConfig({})
    expect(reading).toMatchObject({
      ok: true,
      config: {
        publicUrl: 'http://localhost:3000',
        port: 3000,
        dataDir: './data',
        cinetpay: undefined,
        currency: 'XOF',
        country: 'ML',
        rateLimits: true,
      },
    })
  })

  it('let a demonstration play the newer API, where that serves its country and currency', () => {
    const playedIn = (settings: Record<string, string>) => {
      const reading = readConfig(settings)
      return reading.ok ? reading.config.simulatedApi : reading.faults
    }
    expect(playedIn({})).toBe('v1')
    expect(playedIn({ SIMULATED_API: 'v2' })).toBe('v2')
    expect(playedIn({ SHOP_CURRENCY: 'USD' })).toBe('v2')
    expect(playedIn({ SHOP_COUNTRY: 'FR' })).toBe('v2')
    expect(playedIn({ SHOP_COUNTRY: 'FR', SIMULATED_API: 'v1' })).toEqual([
      expect.stringContaining('SHOP_COUNTRY is FR'),
    ])
    expect(playedIn({ SIMULATED_API: 'v3' })).toEqual(['SIMULATED_API is v1 or v2.'])
  })

  it('derive the addresses given to CinetPay from PUBLIC_URL', () => {
    const reading = readConfig({ ...SETTINGS, PUBLIC_URL: 'https://livres.example.net/' })
    expect(reading).toMatchObject({
      ok: true,
      config: {
        publicUrl: 'https://livres.example.net',
        returnUrl: 'https://livres.example.net/payment/return/',
        notifyUrl: 'https://livres.example.net/payment/callback/',
        cinetpay: { apiUrl: 'https://api-checkout.cinetpay.com', channels: 'ALL' },
      },
    })
  })

  it('are refused with a sentence for each fault, all at once', () => {
    const faults = faultsOf({
      ...SETTINGS,
      PUBLIC_URL: 'http://livres.example.net',
      APP_SECRET: 'court',
      PORT: 'trois mille',
      SHOP_CURRENCY: 'EUR',
      CRON_SECRET: '',
    })
    expect(faults).toHaveLength(5)
    for (const name of ['PUBLIC_URL', 'APP_SECRET', 'PORT', 'SHOP_CURRENCY', 'CRON_SECRET'])
      expect(faults.join('\n')).toContain(name)
  })

  const refusals: [string, Record<string, string | undefined>, RegExp][] = [
    ['a missing secret', { ...SETTINGS, APP_SECRET: undefined }, /APP_SECRET is missing/],
    ['an empty secret', { ...SETTINGS, CINETPAY_SECRET: '' }, /CINETPAY_SECRET is empty/],
    ['a short secret', { ...SETTINGS, CINETPAY_SECRET: '123456789012345' }, /too short/],
    ['a placeholder', { ...SETTINGS, APP_SECRET: 'change-me-please-now' }, /placeholder/],
    ['one letter repeated', { ...SETTINGS, APP_SECRET: 'a'.repeat(40) }, /placeholder/],
    ['half a set of keys', { ...SETTINGS, CINETPAY_SITE_ID: undefined }, /Half a set/],
    ['plain http in public', { ...SETTINGS, PUBLIC_URL: 'http://a.example' }, /https/],
    ['a path', { ...SETTINGS, PUBLIC_URL: 'https://a.example/shop' }, /has a path/],
    [
      'localhost given to CinetPay',
      { ...SETTINGS, PUBLIC_URL: 'http://localhost:3000' },
      /cannot reach/,
    ],
    [
      'a notify address on localhost',
      { ...SETTINGS, CINETPAY_NOTIFY_URL: 'http://127.0.0.1/payment/callback/' },
      /CINETPAY_NOTIFY_URL is on localhost/,
    ],
    ['plain http to CinetPay', { ...SETTINGS, CINETPAY_API_URL: 'http://api.example' }, /https/],
    [
      'no keys in public',
      { PUBLIC_URL: 'https://a.example', APP_SECRET: SETTINGS.APP_SECRET },
      /give books away/,
    ],
    ['a demonstration beside keys', { ...SETTINGS, DEMONSTRATION: 'on' }, /beside real/],
    ['no throttle in public', { ...SETTINGS, RATE_LIMITS: 'off' }, /localhost only/],
    ['an unknown channel', { ...SETTINGS, CINETPAY_CHANNELS: 'CASH' }, /CINETPAY_CHANNELS/],
    [
      'a replica of nothing',
      { ...SETTINGS, DATABASE_URL: undefined, DATABASE_READ_URL: 'postgres://a/b' },
      /follows/,
    ],
    [
      'several replicas',
      { ...SETTINGS, DATABASE_READ_URL: 'postgres://u:p@a:5432,b:5432/k' },
      /Name one/,
    ],
    ['another database', { ...SETTINGS, DATABASE_URL: 'mysql://a/b' }, /PostgreSQL/],
    [
      'a password with a bare %',
      { ...SETTINGS, DATABASE_URL: 'postgres://a:b%zz@c/d' },
      /write % as %25/,
    ],
  ]
  const S3 = {
    S3_ENDPOINT: 'https://s3.example.com/',
    S3_BUCKET: 'livres',
    S3_ACCESS_KEY_ID: 'AKIA0001',
    S3_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  }
  refusals.push(
    ['half a bucket', { ...SETTINGS, ...S3, S3_BUCKET: '' }, /S3_BUCKET is missing/],
    ...[
      'http://s3.example.com', 'http://10.example.com', 'http://8.8.8.8', 'http://172.32.0.1',
      'http://[2001:db8::1]:9000', 'http://[fd::1]', 'http://[fe::1]', 'http://[fec0::1]',
      'http://[::ffff:8.8.8.8]',
    ].map((S3_ENDPOINT): (typeof refusals)[number] => [
      `a bucket over plain http: ${S3_ENDPOINT}`,
      { ...SETTINGS, ...S3, S3_ENDPOINT },
      /S3_ENDPOINT is the address/,
    ]), // prettier-ignore
    ['a bucket with a path', { ...SETTINGS, ...S3, S3_BUCKET: 'a/../b' }, /small letters/],
    [
      'backups beside what they save',
      { ...SETTINGS, ...S3, S3_BACKUP_BUCKET: 'livres' },
      /is the bucket of the files/,
    ],
    ['Apache and a bucket', { ...SETTINGS, ...S3, SEND_FILE: 'xsendfile' }, /Apache sends files/],
  )
  it.each(refusals)('refuse %s', (_name, settings, sentence) => {
    expect(faultsOf(settings).join('\n')).toMatch(sentence)
  })

  it('take what the bucket of the backups does not say from the other one', () => {
    const reading = readConfig({ ...SETTINGS, ...S3, S3_BACKUP_BUCKET: 'sauvegardes' })
    const common = {
      endpoint: 'https://s3.example.com',
      region: 'us-east-1',
      accessKeyId: 'AKIA0001',
      secretAccessKey: 'wJalrXUtnFEMI',
    }
    expect(reading).toMatchObject({
      ok: true,
      config: {
        s3: { ...common, bucket: 'livres' },
        s3Backup: { ...common, bucket: 'sauvegardes' },
      },
    })
    const near = [
      'http://127.0.0.1:9000', 'http://garage:3900', 'http://10.1.2.3:9000', 'http://172.31.0.1',
      'http://[::1]:9000', 'http://[fd00::1]:9000', 'http://[fc12:3456::1]', 'http://[fe80::1]',
      'http://[febf::1]',
    ] // prettier-ignore
    expect(near.flatMap((S3_ENDPOINT) => faultsOf({ ...SETTINGS, ...S3, S3_ENDPOINT }))).toEqual([])
  })

  it('allow a stand-in for CinetPay on this machine', () => {
    const settings = {
      ...SETTINGS,
      PUBLIC_URL: 'http://localhost:3000',
      CINETPAY_API_URL: 'http://localhost:3100',
    }
    expect(faultsOf(settings)).toEqual([])
  })

  it('never repeat a secret in a sentence', () => {
    const faults = faultsOf({
      ...SETTINGS,
      APP_SECRET: 'change-me-please-now',
      CRON_SECRET: 'court',
      DATABASE_URL: 'postgres://a:pass/word@c/d',
    })
    expect(faults).toHaveLength(3)
    expect(faults.join('\n')).not.toMatch(/change-me|court|pass\/word/)
  })
})
