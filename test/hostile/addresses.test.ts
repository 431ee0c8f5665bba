import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { network } from '../../src/lib/network.ts'
import { readNetworks, visitorBehind } from '../../src/lib/proxies.ts'
import { chance } from '../faults/chance.ts'
import { SETTINGS } from '../support/shop.ts'

const TRUSTED = readNetworks('127.0.0.1 ::1, 10.0.0.0/8,2400:cb00::/32').networks
const STRANGER = '203.0.113.9'
const behind = (caller: string, forwardedFor: string) =>
  visitorBehind(caller, forwardedFor, TRUSTED).visitor

describe('who visits', () => {
  const walks: [string, string, string, string][] = [
    ['no proxy', STRANGER, '', STRANGER],
    ['a stranger who plays a proxy', STRANGER, '198.51.100.1', STRANGER],
    ['one proxy', '127.0.0.1', STRANGER, STRANGER],
    ['one proxy, as a dual socket names it', '::ffff:127.0.0.1', STRANGER, STRANGER],
    ['one proxy, as hexadecimal', '::ffff:7f00:1', STRANGER, STRANGER],
    ['one proxy, over IPv6', '::1', '2001:db8::7', '2001:db8::7'],
    ['proxies behind each other', '127.0.0.1', `${STRANGER}, 2400:cb00::5, 10.1.2.3`, STRANGER],
    ['a forged left part', '127.0.0.1', `198.51.100.1, 127.0.0.1, ${STRANGER}`, STRANGER],
    [
      'a forged proxy in the left part',
      '127.0.0.1',
      `198.51.100.1, 10.0.0.1, ${STRANGER}`,
      STRANGER,
    ],
    ['a visitor who is a proxy himself', '127.0.0.1', `${STRANGER}, 10.9.9.9`, STRANGER],
    ['nobody but proxies', '127.0.0.1', '10.0.0.2, 10.0.0.1', '10.0.0.2'],
    ['a proxy that says nothing', '127.0.0.1', '', '127.0.0.1'],
    ['a port', '127.0.0.1', `${STRANGER}:5678`, STRANGER],
    ['a port over IPv6', '127.0.0.1', '[2001:db8::7]:80', '2001:db8::7'],
    ['brackets alone', '127.0.0.1', '[2001:db8::7]', '2001:db8::7'],
    ['a zone', '127.0.0.1', 'fe80::1%eth0.5', 'fe80::1'],
    ['IPv4 in IPv6', '127.0.0.1', `::ffff:${STRANGER}`, STRANGER],
    ['empty places', '127.0.0.1', ` ,${STRANGER},, ,\t`, STRANGER],
    ['a word at the end', '127.0.0.1', `${STRANGER}, unknown`, '127.0.0.1'],
    ['a hidden name at the end', '127.0.0.1', `${STRANGER}, _hidden`, '127.0.0.1'],
    ['a word behind a proxy', '127.0.0.1', `${STRANGER}, unknown, 10.0.0.1`, '10.0.0.1'],
    ['a pair of RFC 7239', '127.0.0.1', `for=${STRANGER}`, '127.0.0.1'],
    ['a short form', '127.0.0.1', '127.1', '127.0.0.1'],
    ['a number', '127.0.0.1', '3405803785', '127.0.0.1'],
    ['an octal form', '127.0.0.1', '0313.0.0161.011', '127.0.0.1'],
    ['an octal form in IPv6', '127.0.0.1', '::ffff:010.0.0.1', '127.0.0.1'],
    ['too large a number', '127.0.0.1', '203.0.113.256', '127.0.0.1'],
    ['too many groups', '127.0.0.1', '1:2:3:4:5:6:7:8:9', '127.0.0.1'],
    ['an address of a mile', '127.0.0.1', `${'0'.repeat(9_000)}::1`, '127.0.0.1'],
    ['a NUL', '127.0.0.1', `${STRANGER}\0`, '127.0.0.1'],
    ['a socket without an address', '', STRANGER, ''],
  ]
  it.each(walks)('%s', (_, caller, forwardedFor, visitor) => {
    expect(behind(caller, forwardedFor)).toBe(visitor)
  })

  it('is the caller where nobody is trusted', () => {
    expect(visitorBehind('127.0.0.1', STRANGER, []).visitor).toBe('127.0.0.1')
  })

  it('is found in a bounded number of steps', () => {
    const { visitor, unread } = visitorBehind(
      '127.0.0.1',
      `${STRANGER}${', 10.0.0.1'.repeat(5_000)}`,
      TRUSTED,
    )
    expect(visitor).toBe('10.0.0.1')
    expect(unread.split(',')).toHaveLength(5_001 - 32)
  })

  it('is never chosen by what he sends', () => {
    const draw = chance(20_261_130)
    const pieces = [
      ',',
      ' ',
      '\t',
      '10.0.0.1',
      '127.0.0.1',
      '198.51.100.1',
      '[',
      ']',
      ':',
      '%',
      '::',
      'unknown',
      '_x',
      'for=',
      '"',
      ';',
      '\u00e9',
      '0'.repeat(90),
    ]
    for (let i = 0; i < 5_000; i++) {
      const forged = Array.from({ length: draw.below(40) }, () => draw.pick(pieces)).join('')
      const appended = forged.trim() === '' ? STRANGER : `${forged}, ${STRANGER}`
      expect(behind('127.0.0.1', appended)).toBe(STRANGER)
    }
  })
})

describe('one visitor', () => {
  it.each([
    ['an IPv4 address', ['203.0.113.9'], '203.0.113.9'],
    [
      'the same, as a dual socket names it',
      ['::ffff:203.0.113.9', '::FFFF:cb00:7109'],
      '203.0.113.9',
    ],
    [
      'a /64 of IPv6',
      ['2001:db8:0:7::1', '2001:0DB8:0:0007:ffff:ffff:ffff:ffff', '2001:db8::7:0:0:0:1%eth0'],
      '2001:db8:0:7',
    ],
    [
      'one that a translator brings from IPv4',
      ['64:ff9b::203.0.113.9', '64:ff9b::cb00:7109'],
      '203.0.113.9',
    ],
    [
      'all that one IPv4 address holds of 6to4',
      ['2002:cb00:7109::1', '2002:cb00:7109:ffff::1'],
      '203.0.113.9',
    ],
    ['this machine', ['::1', '::'], '0:0:0:0'],
  ])('is %s', (_, addresses, counted) => {
    expect(addresses.map(network)).toEqual(addresses.map(() => counted))
  })

  it('is all that is no address, so that nobody is a thousand', () => {
    const strange = [
      '',
      'unknown',
      'x:y',
      '1.2.3',
      '1.2.3.4.5',
      '203.0.113.999',
      '::1::',
      '1:2:3:4:5:6:7:8:9',
      'g::',
      '12345::',
      '203.0.113.9, 1.1.1.1',
      '0x7f.1',
      '\0',
      ':'.repeat(20_000),
      '9'.repeat(20_000),
    ]
    expect(new Set(strange.map(network)).size).toBe(1)
  })
})

describe('TRUSTED_PROXIES and HOST', () => {
  const faultsOf = (settings: Record<string, string>) => {
    const reading = readConfig(settings)
    return reading.ok ? [] : reading.faults
  }
  const configOf = (settings: Record<string, string>) => {
    const reading = readConfig(settings)
    if (!reading.ok) throw new Error(reading.faults.join('\n'))
    return reading.config
  }
  it('are refused with a sentence for each entry, beside all other faults', () => {
    const wrong = [
      'nginx',
      '10.0.0.0/33',
      '127.1',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/255.0.0.0',
      '1.2.3.4:80',
      '::ffff:10.0.0.0/104',
      '010.0.0.1',
      '1.2.3.4/08',
    ]
    const faults = faultsOf({
      TRUSTED_PROXIES: ` 127.0.0.1, ${wrong.join(' ')}`,
      HOST: 'example.com',
      PORT: 'x',
    })
    expect(faults).toHaveLength(wrong.length + 2)
    for (const entry of wrong) expect(faults.join('\n')).toContain(`TRUSTED_PROXIES has "${entry}"`)
    expect(faults.join('\n')).toContain('HOST is not an address')
  })

  it.each(['*', '[::1]', '127.0.0.1:3000', 'http://127.0.0.1', '127.1', '0', 'localhost.'])(
    'refuse to listen at %s',
    (HOST) => {
      expect(faultsOf({ HOST })).toHaveLength(1)
    },
  )

  const TRIAL = {
    PUBLIC_URL: SETTINGS.PUBLIC_URL,
    APP_SECRET: SETTINGS.APP_SECRET,
    DEMONSTRATION: 'on',
  }
  it.each<[string, Record<string, string>, string | undefined]>([
    ['a demonstration', {}, '127.0.0.1'],
    ['a public demonstration', TRIAL, '127.0.0.1'],
    ['a public demonstration in a container', { ...TRIAL, HOST: '0.0.0.0' }, '0.0.0.0'],
    ['a shop that sells', SETTINGS, undefined],
    ['one that trusts a proxy', { ...SETTINGS, TRUSTED_PROXIES: '10.0.0.1' }, '127.0.0.1'],
    ['one that trusts nobody, in many words', { ...SETTINGS, TRUSTED_PROXIES: ' , ' }, undefined],
    [
      'one behind a proxy on another machine',
      { ...SETTINGS, TRUSTED_PROXIES: '10.0.0.1', HOST: '::' },
      '::',
    ],
    ['one that is told by name', { ...SETTINGS, HOST: 'localhost' }, '127.0.0.1'],
  ])('lead %s to where it listens', (_, settings, host) => {
    expect(configOf(settings).host).toBe(host)
  })
})
