import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitors } from '../../src/doctor/checks/visitors.ts'
import { sightKey } from '../../src/links/probe-keys.ts'
import { doctorWords } from '../../src/doctor/words/words.ts'
import type { Arrival } from '../../src/lib/proxies.ts'
import { readNetworks } from '../../src/lib/proxies.ts'
import { openPatient } from '../support/patient.ts'

let test: Awaited<ReturnType<typeof openPatient>>
beforeAll(async () => {
  test = await openPatient()
})
afterAll(() => test.close())

const [SERVER, MOUSSA, EDGE] = ['192.0.2.10', '198.51.100.7', '2400:cb00::5']
const plain = (caller: string, forwardedFor = ''): Arrival => ({
  caller,
  forwardedFor,
  isPlain: true,
})
const passenger = (caller: string, forwardedFor = ''): Arrival => ({
  caller,
  forwardedFor,
  isPlain: false,
})

/** What the doctor says of visitors when its own call comes in so, and Moussa's visit of the desk so. */
async function told(trusted: string, own: Arrival | undefined, desk: Arrival | undefined) {
  test.shop.arrival = own
  test.shop.config = { ...test.shop.config, trustedProxies: readNetworks(trusted).networks }
  const findings = await visitors({ ...test.shop, arrival: desk }, doctorWords('en'))
  return findings.map(
    ({ isWell, isAdvice, says }) => `${isWell ? (isAdvice ? 'note' : 'ok') : 'WRONG'} ${says}`,
  )
}

const APART = 'ok Each visitor is counted alone.'
const untrusted = (proxy: string) =>
  `WRONG All visitors seem to have one address, ${proxy}, that of the proxy in front: a single nuisance can close the shop to everybody.`
const unnamed = (proxy: string) =>
  `WRONG All visitors have one address, ${proxy}: the proxy in front does not say who visits.`
const same = (address: string) =>
  `note You and the server itself are counted as one visitor, ${address}; if you are elsewhere, so are all visitors.`

describe('the doctor says of', () => {
  it.each<[string, string, Arrival | undefined, Arrival | undefined, string[]]>([
    [
      'a proxy that is trusted',
      '127.0.0.1',
      plain('127.0.0.1', SERVER),
      plain('::ffff:127.0.0.1', MOUSSA),
      [APART],
    ],
    ['one that is not', '', plain('::ffff:127.0.0.1', SERVER), undefined, [untrusted('127.0.0.1')]],
    [
      'one that is not, from the desk alone',
      '',
      undefined,
      plain('127.0.0.1', MOUSSA),
      [untrusted('127.0.0.1')],
    ],
    ['one that says nothing', '', plain('127.0.0.1'), undefined, [unnamed('127.0.0.1')]],
    [
      'one that is trusted, and says nothing',
      '127.0.0.1',
      plain('127.0.0.1'),
      undefined,
      [unnamed('127.0.0.1')],
    ],
    [
      'one that writes no address',
      '127.0.0.1',
      plain('127.0.0.1', 'unknown'),
      undefined,
      [unnamed('127.0.0.1')],
    ],
    [
      'a CDN in front of it',
      '127.0.0.1',
      plain('127.0.0.1', `${SERVER}, ${EDGE}`),
      undefined,
      [untrusted(EDGE)],
    ],
    [
      'a CDN that only visitors come through',
      '127.0.0.1',
      plain('127.0.0.1', '127.0.0.1'),
      plain('127.0.0.1', `${MOUSSA}, ${EDGE}`),
      [untrusted(EDGE)],
    ],
    [
      'a CDN that is trusted',
      `127.0.0.1 ${EDGE}/32`,
      plain('127.0.0.1', `${SERVER}, ${EDGE}`),
      plain('127.0.0.1', `${MOUSSA}, ${EDGE}`),
      [APART],
    ],
    [
      'a call from the machine itself',
      '127.0.0.1',
      plain('127.0.0.1', '127.0.0.1'),
      plain('127.0.0.1', MOUSSA),
      [APART],
    ],
    [
      'something before the proxy that hides everybody',
      '127.0.0.1 172.16.0.0/12',
      plain('127.0.0.1', '172.18.0.1'),
      plain('127.0.0.1', '172.18.0.1'),
      [same('172.18.0.1')],
    ],
    ['Passenger', '', passenger(SERVER), passenger(MOUSSA), [APART]],
    [
      'Passenger that repeats itself',
      '',
      passenger(SERVER, SERVER),
      passenger(MOUSSA, MOUSSA),
      [APART],
    ],
    ['Passenger behind a CDN', '', passenger(EDGE, SERVER), undefined, [untrusted(EDGE)]],
    [
      'Passenger behind a CDN that is trusted',
      `${EDGE}/32`,
      passenger(EDGE, SERVER),
      passenger(EDGE, `${MOUSSA}, ${EDGE}`),
      [APART],
    ],
    [
      'Passenger behind a proxy that hides everybody',
      '',
      passenger('127.0.0.1'),
      passenger('127.0.0.1'),
      [same('127.0.0.1')],
    ],
    ['Workers', '', undefined, undefined, []],
  ])('%s', async (_, trusted, own, desk, says) => {
    expect(await told(trusted, own, desk)).toEqual(says)
  })
})

it('whom the shop sees is told to nobody but the doctor', async () => {
  test.shop.arrival = plain('127.0.0.1', SERVER)
  const { appSecret } = test.shop.config
  const [nonce, other] = ['A'.repeat(22), 'B'.repeat(22)]
  const keys = [
    undefined,
    '',
    'x',
    await sightKey(appSecret, other),
    await sightKey('another-secret-of-a-shop', nonce),
  ]
  const { app } = await import('../../src/app.tsx')
  const ask = (key: string | undefined) =>
    app.request(
      `/diagnostic/sonde/${nonce}`,
      { headers: key === undefined ? {} : { 'x-doctor-asks': key } },
      test.shop,
    )
  for (const key of keys) expect((await ask(key)).headers.get('x-doctor-sees')).toBeNull()
  const answer = await ask(await sightKey(appSecret, nonce))
  expect(answer.headers.get('x-doctor-sees')).toBe('untrusted 127.0.0.1')
})
