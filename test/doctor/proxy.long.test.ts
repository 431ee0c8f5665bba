import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/doctor/examine.ts'
import type { Mischief } from '../support/played-proxy.ts'
import { diskXSendfile } from '../../src/storage/disk-x-sendfile.ts'
import { openPatient } from '../support/patient.ts'

let test: Awaited<ReturnType<typeof openPatient>>
beforeAll(async () => {
  test = await openPatient()
})
afterEach(() => test.heal())
afterAll(() => test.close())

const HOME = 'https://livres.example.net'
const NOTIFY = `${HOME}/payment/callback/`

/** The red lines of what is seen from outside. */
async function seen(shop = test.shop) {
  const findings = await examine(shop)
  return findings
    .filter(({ isWell, name }) => !isWell && name !== 'Legal pages')
    .map(({ name, says }) => `${name}: ${says}`)
}

const cases: [Mischief, string[]][] = [
  [
    'redirects',
    [
      `Public address: ${HOME} sends elsewhere (https://www.livres.example.net/diagnostic/sonde/NONCE); CinetPay does not follow.`,
      `Notify address (GET): ${NOTIFY} sends elsewhere (https://www.livres.example.net/payment/callback/); CinetPay does not follow.`,
      `Notify address (POST): ${NOTIFY} sends elsewhere (https://www.livres.example.net/payment/callback/); CinetPay does not follow.`,
    ],
  ],
  [
    'redirects-posts',
    [`Notify address (POST): ${NOTIFY} sends elsewhere (/); CinetPay does not follow.`],
  ],
  [
    'challenges',
    [
      `Public address: ${HOME} shows an "are you human?" page, which CinetPay cannot pass.`,
      `Notify address (GET): ${NOTIFY} shows an "are you human?" page, which CinetPay cannot pass.`,
      `Notify address (POST): ${NOTIFY} shows an "are you human?" page, which CinetPay cannot pass.`,
    ],
  ],
  ['refuses-posts', [`Notify address (POST): A firewall refuses the call to ${NOTIFY} (406).`]],
  [
    'eats-posts',
    ['Notify address (POST): The notice does not arrive at the shop: the address answers 200.'],
  ],
  [
    'alters-posts',
    [
      'Notify address (POST): The notice arrives, and was changed on its way: its signature no longer fits.',
    ],
  ],
  [
    'caches',
    [
      'Resumed downloads: Part of a file is asked for, and the answer is 200 instead of 206.',
      "Notify address (GET): A cache answers in the shop's place.",
    ],
  ],
  ['says-hit', ["Notify address (GET): A cache answers in the shop's place."]],
  [
    'compresses',
    [
      'Resumed downloads: The reverse proxy compresses the books: a download that is cut begins anew.',
    ],
  ],
  ['weakens-tags', ["Resumed downloads: The reverse proxy changes the books' entity tag (ETag)."]],
  [
    'ignores-ranges',
    ['Resumed downloads: Part of a file is asked for, and the answer is 200 instead of 206.'],
  ],
  [
    'sends-another-range',
    ['Resumed downloads: The part of a file that came is not the one that was asked for.'],
  ],
  [
    'drops-conditions',
    ['Resumed downloads: A file that did not change is sent whole (200 instead of 304).'],
  ],
  [
    'hides-lengths',
    [
      'Resumed downloads: The reverse proxy hides the size of the books: the phone shows no progress.',
    ],
  ],
  ['drops-hsts', ['https: The HSTS header does not reach the visitor.']],
  [
    'answers-plain-http',
    ['https: The shop answers in plain http, too, where everything can be read on its way.'],
  ],
  [
    'shows-the-files',
    [
      `Private files: Anybody can read your books without paying, at the address ${HOME}/data/files/KEY.`,
    ],
  ],
  [
    'shows-the-settings',
    [`Private files: Anybody can read your keys, at the address ${HOME}/.env.`],
  ],
  [
    'is-another-site',
    [
      `Public address: Another program answers at ${HOME} (200).`,
      'Notify address (GET): Another program answers at this address.',
      'Notify address (POST): The notice does not arrive at the shop: the address answers 200.',
    ],
  ],
  [
    'is-broken',
    [
      `Public address: ${HOME} answers with an error (502).`,
      `Notify address (GET): ${NOTIFY} answers with an error (502).`,
      `Notify address (POST): ${NOTIFY} answers with an error (502).`,
    ],
  ],
]

describe('a reverse proxy that', () => {
  it.each(cases)('%s is seen, and nothing else is', async (mischief, says) => {
    test.proxy.does(mischief)
    const told = (await seen()).map((line) =>
      line.replace(/(sonde\/)[\w-]{22}/, '$1NONCE').replace(/probe\/[\w-]{36}\.txt/, 'KEY'),
    )
    expect(told).toEqual(says)
  })

  it('hangs keeps nobody waiting, and hides nothing of the rest', async () => {
    test.proxy.does('hangs')
    const findings = await examine(test.shop)
    expect(findings.filter(({ isWell }) => !isWell).map(({ says }) => says)).toEqual([
      `${HOME} does not answer (no answer in 5000 ms).`,
      'It does not answer (no answer in 5000 ms).',
      'The notice does not arrive (no answer in 5000 ms).',
      expect.stringMatching(/^Missing/),
    ])
    expect(findings.map(({ says }) => says)).toContain('CinetPay accepts them.')
    // Nothing was seen of the files from outside, and nothing is said of it.
    expect(findings.map(({ name }) => name)).not.toContain('Private files')
  })

  it('is not there', async () => {
    const fetch = (request: Request) =>
      request.url.startsWith(HOME)
        ? Promise.reject(Object.assign(new TypeError('x'), { cause: { code: 'ENOTFOUND' } }))
        : test.shop.fetch(request)
    expect(await seen({ ...test.shop, fetch })).toEqual([
      `Public address: ${HOME} does not answer (ENOTFOUND).`,
      'Notify address (GET): It does not answer (ENOTFOUND).',
      'Notify address (POST): The notice does not arrive (ENOTFOUND).',
    ])
  })
})

describe('a reverse proxy that is told to send files (SEND_FILE)', () => {
  /** With real files and the shop's own trial; the reverse proxy here has no such module. */
  const withXSendfile = () => {
    Object.assign(test.shop, { xSendfile: diskXSendfile(test.folder) })
    return () => Object.assign(test.shop, { xSendfile: undefined })
  }

  it('and does not is seen', async () => {
    const undo = withXSendfile()
    expect(await seen()).toEqual([
      'Sent by the server (SEND_FILE): SEND_FILE is set, and Apache does not send the file; the shop sends it itself.',
    ])
    undo()
  })

  it('and does is green', async () => {
    const undo = withXSendfile()
    test.proxy.does('sends-files')
    const findings = await examine(test.shop)
    expect(findings.find(({ name }) => name.includes('SEND_FILE'))).toMatchObject({ isWell: true })
    undo()
  })
})

describe("the doctor's notice", () => {
  const post = async (id: string) => {
    const { headers, body } = await test.shop.provider.sampleNotice(id)
    return test.request('/payment/callback/', { method: 'POST', headers, body })
  }

  it('is told by nothing but a fresh id of its own', async () => {
    const { noticeId } = await import('../../src/links/probe-keys.ts')
    const { appSecret } = test.shop.config
    const now = test.shop.now()
    const id = await noticeId(appSecret, new Date(Date.parse('2026-11-02T10:00:00Z')))
    expect(await (await post(id)).text()).toMatch(/^OK .{22}$/)
    const [none] = await test.sql`select count(*)::int as count from notices`
    expect(none).toEqual({ count: 0 })

    const others = [
      await noticeId('another-secret-of-a-shop', now),
      id.slice(0, -1) + (id.endsWith('A') ? 'B' : 'A'),
    ]
    for (const other of others) expect(await (await post(other)).text()).toBe('OK')
    test.advance(11 * 60_000)
    expect(await (await post(id)).text()).toBe('OK')
  })
})
