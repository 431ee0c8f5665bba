import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { orderKey } from '../../src/links/keys.ts'
import { COUNTRY_CURRENCIES } from '../../src/money/countries.ts'
import { generationOf } from '../../src/config/cinetpay-generation.ts'
import type { KeySet } from '../../src/config/cinetpay-generation.ts'
import { ORDER_KEY_LENGTH, returnAddress } from '../../src/config/return-address.ts'
import { RELAY_SECRET } from '../support/relays.ts'
import { KEYS, SETTINGS, V1_KEYS, V1_SETTINGS } from '../support/settings.ts'

const NEWER = { ...SETTINGS, ...V1_SETTINGS }
const SANDBOX = { ...NEWER, CINETPAY_API_KEY: 'sk_test_8c1f5be07d3a4e92b6' }
const RELAY = {
  CINETPAY_RELAY_URL: 'https://relais.example.com/relay.php',
  CINETPAY_RELAY_SECRET: RELAY_SECRET,
}
const RELAYED = { ...NEWER, ...RELAY }
const faultsOf = (settings: Record<string, string | undefined>) => {
  const reading = readConfig(settings)
  return reading.ok ? [] : reading.faults
}

describe('the generation of a set of keys', () => {
  const sets: [string, KeySet, string | undefined][] = [
    ['none', {}, undefined],
    ['the three older ones', KEYS, 'v2'],
    ['the two newer ones', V1_KEYS, 'v1'],
    ['the sandbox’s', { CINETPAY_API_KEY: 'sk_test_a' }, 'v1-sandbox'],
    ['a password alone', { CINETPAY_API_PASSWORD: 'a' }, 'v1'],
    ['a site alone', { CINETPAY_SITE_ID: '1' }, 'v2'],
    ['a mixed one, by its API key', { ...KEYS, ...V1_KEYS }, 'v1'],
  ]
  it.each(sets)('%s', (_, keys, generation) => {
    expect(generationOf(keys)).toBe(generation)
  })
})

describe('the settings of a shop with newer keys', () => {
  it('lead to the API of their environment', () => {
    const live = readConfig({ ...NEWER, SHOP_COUNTRY: 'CI' })
    expect(live).toMatchObject({
      ok: true,
      config: {
        cinetpay: {
          generation: 'v1',
          apiUrl: 'https://api.cinetpay.co',
          isSandbox: false,
          mailHost: 'livres.example.net',
        },
      },
    })
    expect(readConfig({ ...SANDBOX, DEMONSTRATION: 'on' })).toMatchObject({
      ok: true,
      config: { cinetpay: { apiUrl: 'https://api.cinetpay.net', isSandbox: true } },
    })
  })

  it('may name a relay', () => {
    expect(readConfig(RELAYED)).toMatchObject({
      ok: true,
      config: { cinetpay: { relay: { url: RELAY.CINETPAY_RELAY_URL, secret: RELAY_SECRET } } },
    })
    expect(faultsOf({ ...RELAYED, CINETPAY_RELAY_URL: 'http://127.0.0.1:8300' })).toEqual([])
  })

  it('allow a stand-in for CinetPay on this machine', () => {
    const local = { PUBLIC_URL: 'http://localhost:3000', CINETPAY_API_URL: 'http://localhost:3100' }
    expect(faultsOf({ ...NEWER, ...local })).toEqual([])
    expect(faultsOf({ ...SANDBOX, ...local })).toEqual([])
  })

  const long = `https://${'livres.'.repeat(10)}example.net`
  const refusals: [string, Record<string, string | undefined>, RegExp][] = [
    [
      'no password',
      { ...NEWER, CINETPAY_API_PASSWORD: undefined },
      /CINETPAY_API_PASSWORD missing/,
    ],
    [
      'an empty password',
      { ...NEWER, CINETPAY_API_PASSWORD: '' },
      /CINETPAY_API_PASSWORD is empty/,
    ],
    ['a short password', { ...NEWER, CINETPAY_API_PASSWORD: 'court' }, /too short/],
    ['a site beside them', { ...NEWER, CINETPAY_SITE_ID: '445160' }, /CINETPAY_SITE_ID must not/],
    ['a secret beside them', { ...NEWER, CINETPAY_SECRET: KEYS.CINETPAY_SECRET }, /no such key/],
    [
      'a password beside older keys',
      { ...SETTINGS, CINETPAY_API_PASSWORD: V1_KEYS.CINETPAY_API_PASSWORD },
      /begins with sk_test_ or sk_live_/,
    ],
    ['a password alone', { ...NEWER, CINETPAY_API_KEY: undefined }, /CINETPAY_API_KEY missing/],
    ['another kind of sk_ key', { ...NEWER, CINETPAY_API_KEY: 'sk_prod_8c1f5be07d3a4' }, /neither/],
    [
      'the other environment’s address',
      { ...NEWER, CINETPAY_API_URL: 'https://api.cinetpay.net' },
      /not where these keys belong/,
    ],
    [
      'the older API’s address',
      { ...NEWER, CINETPAY_API_URL: 'https://api-checkout.cinetpay.com/' },
      /not where these keys belong/,
    ],
    ['another country’s currency', { ...NEWER, SHOP_COUNTRY: 'CM' }, /CM is paid in XAF/],
    ['a currency of no country', { ...NEWER, SHOP_CURRENCY: 'USD' }, /CD is paid in CDF/],
    ['a country not served', { ...NEWER, SHOP_COUNTRY: 'FR' }, /does not serve/],
    ['channels', { ...NEWER, CINETPAY_CHANNELS: 'ALL' }, /CINETPAY_CHANNELS is not known/],
    ['a long address', { ...NEWER, PUBLIC_URL: long }, /at most 120 characters/],
    [
      'a long notify address',
      { ...NEWER, CINETPAY_NOTIFY_URL: `https://a.example/${'n'.repeat(110)}` },
      /at most 120 characters/,
    ],
    ['the sandbox in public', SANDBOX, /for nothing/],
    ['half a relay', { ...RELAYED, CINETPAY_RELAY_URL: undefined }, /CINETPAY_RELAY_URL missing/],
    [
      'the other half',
      { ...RELAYED, CINETPAY_RELAY_SECRET: undefined },
      /CINETPAY_RELAY_SECRET missing/,
    ],
    [
      'a relay over plain http',
      { ...RELAYED, CINETPAY_RELAY_URL: 'http://relais.example.com/relay.php' },
      /CINETPAY_RELAY_URL must start with https/,
    ],
    [
      'a relay with something behind its address',
      { ...RELAYED, CINETPAY_RELAY_URL: 'https://relais.example.com/relay.php?to=' },
      /nothing behind it/,
    ],
    [
      'a relay with a question mark behind its address',
      { ...RELAYED, CINETPAY_RELAY_URL: 'https://relais.example.com/relay.php?' },
      /nothing behind it/,
    ],
    [
      'a relay with a hash behind its address',
      { ...RELAYED, CINETPAY_RELAY_URL: 'https://relais.example.com/relay.php#' },
      /nothing behind it/,
    ],
    [
      'a relay’s secret that is short',
      { ...RELAYED, CINETPAY_RELAY_SECRET: RELAY_SECRET.slice(0, 31) },
      /CINETPAY_RELAY_SECRET is too short: at least 32/,
    ],
    [
      'a relay’s secret that no header takes',
      { ...RELAYED, CINETPAY_RELAY_SECRET: `${RELAY_SECRET} é` },
      /CINETPAY_RELAY_SECRET has a blank, an accent/,
    ],
    ['a relay beside older keys', { ...SETTINGS, ...RELAY }, /for CinetPay's newer API/],
    ['a relay in a demonstration', { ...RELAY }, /for CinetPay's newer API/],
    [
      'a relay and a stand-in',
      {
        ...RELAYED,
        PUBLIC_URL: 'http://localhost:3000',
        CINETPAY_API_URL: 'http://localhost:3100',
      },
      /not an address that the relay passes calls to/,
    ],
    ['a demonstration beside live keys', { ...NEWER, DEMONSTRATION: 'on' }, /beside real/],
  ]
  it.each(refusals)('refuse %s', (_name, settings, sentence) => {
    expect(faultsOf(settings).join('\n')).toMatch(sentence)
  })

  it('take an address that just fits', () => {
    const rest = '/payment/return/?commande='.length + ORDER_KEY_LENGTH
    const host = 'a'.repeat(120 - rest - 'https://.example.net'.length)
    const just = `https://${host.slice(0, 40)}.${host.slice(41)}.example.net`
    expect(faultsOf({ ...NEWER, PUBLIC_URL: just })).toEqual([])
    expect(faultsOf({ ...NEWER, PUBLIC_URL: just.replace('//a', '//aa') })).toHaveLength(1)
  })

  it('know how long the key of an order is', async () => {
    const key = await orderKey('q7Wd0sKzT4uYb1nVx8Rm', { code: '7K3M94FT', linkVersion: 1 })
    expect(key).toHaveLength(ORDER_KEY_LENGTH)
    const address = returnAddress({ returnUrl: 'https://a.example/r/' }, key)
    expect(address).toBe(`https://a.example/r/?commande=${key}`)
  })

  it('take each country in its currency', () => {
    for (const [country, currency] of Object.entries(COUNTRY_CURRENCIES))
      expect(faultsOf({ ...NEWER, SHOP_COUNTRY: country, SHOP_CURRENCY: currency })).toEqual([])
  })
})
