import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseUnavailable } from '../../src/data/database.ts'
import { noteSign } from '../../src/data/signs-of-life.ts'
import { examine } from '../../src/doctor/examine.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { StorageClosed, StorageFull } from '../../src/storage/storage.ts'
import { openPatient } from '../support/patient.ts'
import { V1_SETTINGS } from '../support/shop.ts'

type Patient = Awaited<ReturnType<typeof openPatient>>
let test: Patient

const IDENTITY = { seller: 'Moussa', address: 'Bamako', phone: '76123456', host: 'Un hébergeur' }
const WITHOUT_KEYS = {
  CINETPAY_API_KEY: undefined,
  CINETPAY_SITE_ID: undefined,
  CINETPAY_SECRET: undefined,
  DEMONSTRATION: 'on',
}

/** The lines that are red, and the names of the others. */
async function look(shop: Shop = test.shop) {
  // A config of its own: what a test changed a moment ago must not be remembered from before.
  const findings = await examine({ ...shop, config: { ...shop.config } })
  const red = findings.filter(({ isWell }) => !isWell)
  for (const { deed } of red) expect(deed).toMatch(/\.$/)
  const lines = findings.map(
    ({ isWell, isAdvice, name, says }) =>
      `${isWell ? (isAdvice ? 'note' : 'ok') : 'WRONG'} ${name}: ${says}`,
  )
  return { lines, red: red.map(({ name, says }) => `${name}: ${says}`) }
}

const identify = () =>
  test.sql`
    insert into settings (section, value, version, changed_at)
    values ('legal', ${test.sql.json(IDENTITY)}, 1, now())`.then()

const countRows = async () => {
  const [row] = await test.sql`
    select
      (select count(*) from orders)::int as orders,
      (select count(*) from payments)::int as payments,
      (select count(*) from notices)::int as notices,
      (select count(*) from messages)::int as messages`
  return row
}

describe('a shop that works', () => {
  afterEach(() => test.close())

  it('is green from the first line to the last, and is left as it was', async () => {
    test = await openPatient({ MAIL_FROM: 'livres@example.net', MAIL_API_KEY: 'k7Zp2wQx9RtVbN4m' })
    await identify()
    await noteSign(test.sql, { kind: 'cron', way: 'address' }, test.shop.now())
    await noteSign(test.sql, { kind: 'phone', way: 'other' }, test.shop.now())
    const before = await countRows()
    test.dns['resend._domainkey.example.net'] = ['p=MIGf']
    expect((await look()).lines).toEqual([
      'ok Settings of the host: They are read, and they fit together.',
      expect.stringMatching(
        /^ok Versions: Kiosque [\d.]+, Node 24\.11\.0, postgres driver 3\.4\.9\.$/,
      ),
      expect.stringMatching(/^ok Database: PostgreSQL \d+(\.\d+)? answers in \d+ ms\.$/),
      'ok Durability: PostgreSQL waits for the disk before it says yes.',
      "ok Clock: The server's time is right.",
      'ok Deadline: A question without an answer is given up, and the next one goes through.',
      'ok Files: A file is written, read back and deleted.',
      'ok Private files: The files cannot be found from the internet.',
      'ok Public address: https://livres.example.net leads to this shop.',
      'ok https: It is enforced, and browsers remember it (HSTS).',
      'ok Resumed downloads: A download that is cut goes on where it was.',
      'ok Certificate: Valid for 60 more days.',
      'ok CinetPay: The keys are of checkout v2, for site 445160.',
      "ok CinetPay's keys: CinetPay accepts them.",
      'ok Notify address (GET): It answers 200, and nothing keeps it in a cache.',
      'ok Notify address (POST): A notice arrives whole through the public address.',
      'ok Mail: SPF: example.net says who may send in its name.',
      'ok Mail: DKIM: A public key is found (resend).',
      'ok Mail: DMARC: example.net says what to do with forgeries.',
      expect.stringMatching(/^ok Scheduled task \(cron\): Last pass \d+ s ago, by POST \/cron\.$/),
      expect.stringMatching(/^ok Seen from a phone: A phone came over another network, on /),
      'ok Guessing attempts: Nothing remarkable since yesterday.',
      'ok Legal pages: They say who sells.',
    ])
    expect(await countRows()).toEqual(before)
  })

  it.each([
    ['of the newer API', V1_SETTINGS, 'The keys are of the newer API (v1).'],
    [
      'of its sandbox',
      { ...V1_SETTINGS, CINETPAY_API_KEY: 'sk_test_8c1f5be07d3a4e92b6', DEMONSTRATION: 'on' },
      'The keys are of the newer API, and its sandbox: no money moves.',
    ],
    ['missing', WITHOUT_KEYS, 'No keys: a demonstration, paid through the simulator.'],
  ])('tells which API the keys belong to, and hears its notices: %s', async (_, settings, says) => {
    test = await openPatient(settings)
    const { lines, red } = await look()
    expect(lines).toContain(`ok CinetPay: ${says}`)
    expect(lines).toContainEqual(expect.stringMatching(/^ok Notify address \(POST\)/))
    expect(red).toEqual([expect.stringMatching(/^Legal pages: Missing: /)])
  })
})

describe('what is wrong with the host', () => {
  beforeAll(async () => {
    test = await openPatient()
    await identify()
  })
  afterEach(() => test.heal())
  afterAll(() => test.close())
  const redWith = async (change: Partial<Shop>) => (await look({ ...test.shop, ...change })).red

  it.each([
    [
      { fsync: 'off' },
      'Durability: PostgreSQL is set to forget sales after a crash (fsync = off).',
    ],
    [
      { synchronousCommit: 'off', fullPageWrites: 'off' },
      'Durability: PostgreSQL is set to forget sales after a crash (synchronous_commit = off, full_page_writes = off).',
    ],
    [
      { version: '12.22', versionNumber: 120022 },
      'Database: PostgreSQL 12.22 is too old: version 13 or newer is needed.',
    ],
  ])('a database that says %o', async (facts, says) => {
    Object.assign(test.facts, facts)
    expect((await look()).red).toEqual([says])
  })

  it('the settings of a real server that does not wait for the disk', async () => {
    // The tests' own server, asked without anything in between.
    expect(await redWith({ sql: test.sql })).toEqual([
      'Durability: PostgreSQL is set to forget sales after a crash (fsync = off, synchronous_commit = off, full_page_writes = off).',
    ])
  })

  it('a database that is away', async () => {
    const sql = (() => Promise.reject(new DatabaseUnavailable('ECONNREFUSED'))) as never
    const red = await redWith({ sql })
    expect(red).toContain('Database: The database does not answer (ECONNREFUSED).')
    // Each that needed it says so in a line of its own, and the rest was looked at.
    expect(red).toContain('Legal pages: This check broke off (ECONNREFUSED).')
    expect((await look({ ...test.shop, sql })).lines).toContain(
      "ok CinetPay's keys: CinetPay accepts them.",
    )
  })

  it('a deadline that is none', async () => {
    const probes = { ...test.probes, openDatabase: () => test.probes.openDatabase!(30_000) }
    expect(await redWith({ probes })).toEqual([
      'Deadline: A question without an answer is not given up: a page could wait for ever.',
    ])
  })

  it('a database for trials, while selling', async () => {
    const probes = { ...test.probes, openDatabase: undefined }
    expect(await redWith({ probes })).toEqual([
      'Database: The shop sells with the embedded database, which a power cut can spoil.',
    ])
  })

  it('a clock that is off by an hour', async () => {
    const now = () => new Date(Date.now() + 3_600_000)
    expect(await redWith({ now })).toContain(
      "Clock: The server's clock and the database's are 60 min apart.",
    )
  })

  it("a clock that differs from CinetPay's", async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString()
    test.intercept((request) =>
      request.method === 'HEAD' && request.url.startsWith('https://api-checkout')
        ? new Response(null, { headers: { date } })
        : test.proxy.fetch(request),
    )
    expect((await look()).red).toEqual([
      "Clock: The server's clock and the one outside are 60 min apart.",
    ])
  })

  it.each([
    ['cannot be written', { put: () => Promise.reject(new Error('EACCES')) }],
    ['cannot be read back', { read: async () => undefined }],
    ['cannot be deleted', { remove: async () => {} }],
  ])('files that %s', async (_, fault) => {
    expect(await redWith({ files: { ...test.shop.files, ...fault } })).toEqual([
      'Files: A file cannot be written, read back and deleted where the shop keeps them.',
    ])
  })

  it.each([
    ['full', new StorageFull('no room'), 'The disk is full: no file can be kept any more.'],
    ['closed', new StorageClosed('no'), 'The folder of the files may not be written to.'],
  ])('a place for files that is %s', async (_, fault, says) => {
    const put = () => Promise.reject(fault)
    expect(await redWith({ files: { ...test.shop.files, put } })).toEqual([`Files: ${says}`])
  })

  it('a Node that is too old, and one that nobody mends', async () => {
    const runs = (runtime: string) => look({ ...test.shop, probes: { ...test.probes, runtime } })
    expect((await runs('Node 18.20.8')).red).toEqual([
      'Versions: Node 18.20.8 is too old for this shop.',
    ])
    expect((await runs('Node 20.20.2')).lines).toContain(
      'note Versions: Node 20.20.2 gets no more security fixes.',
    )
    const shop = { ...test.shop, now: () => new Date('2029-05-01') }
    const later = await look({ ...shop, probes: { ...test.probes, runtime: 'Node 26.12.1' } })
    expect(later.lines).toContain('note Versions: Node 26.12.1 gets no more security fixes.')
  })

  it('a cron that was removed, and not one that never was', async () => {
    expect((await look()).lines).toContainEqual(expect.stringMatching(/^note Scheduled task/))
    const old = new Date(Date.now() - 3 * 3_600_000)
    await noteSign(test.sql, { kind: 'cron', way: 'command' }, old)
    expect((await look()).red).toEqual([
      'Scheduled task (cron): It no longer comes: the last pass, by npm run cron, was 3 h ago.',
    ])
    await test.sql`delete from signs_of_life`
  })

  it('legal pages that do not say who sells', async () => {
    await test.sql`delete from settings where section = 'legal'`
    expect((await look()).red).toEqual([
      'Legal pages: Missing: the seller’s name, the address, a phone or an e-mail, the host.',
    ])
    await identify()
  })

  it.each([
    ['a wrong key', '609', 'CinetPay does not know the keys.'],
    ['a wrong site', '613', 'CinetPay knows the API key, and not the site.'],
    [
      'an answer that says nothing',
      '624',
      'CinetPay answers "624", which does not say whether it knows the keys.',
    ],
  ])("CinetPay's keys: %s", async (_, code, says) => {
    test.intercept((request) =>
      request.url.includes('/v2/')
        ? Response.json({ code, message: 'NO' }, { status: 400 })
        : test.proxy.fetch(request),
    )
    expect((await look()).red).toEqual([`CinetPay's keys: ${says}`])
  })

  it('CinetPay, out of reach', async () => {
    test.intercept((request) => {
      if (request.url.startsWith('https://api-checkout')) throw new TypeError('fetch failed')
      return test.proxy.fetch(request)
    })
    expect((await look()).red).toEqual([
      "CinetPay's keys: CinetPay cannot be reached from here (TypeError).",
    ])
  })

  it.each([
    [
      'ends soon',
      { expiresAt: new Date(Date.now() + 5.5 * 86_400_000) },
      'It is valid for 5 days only.',
    ],
    [
      'is not believed',
      { expiresAt: new Date(), fault: 'CERT_HAS_EXPIRED' },
      'Browsers refuse it (CERT_HAS_EXPIRED).',
    ],
  ])('a certificate that %s', async (_, seen, says) => {
    expect(await redWith({ probes: { ...test.probes, certificate: async () => seen } })).toEqual([
      `Certificate: ${says}`,
    ])
  })

  it('no secret of the shop stands in what is told, whatever is wrong', async () => {
    test.proxy.does('shows-the-settings')
    const told = JSON.stringify(await examine(test.shop)) + test.lines.join()
    const { appSecret, cronSecret, cinetpay } = test.shop.config
    const secrets = [appSecret, cronSecret!, cinetpay!.apiKey]
    for (const secret of secrets) expect(told).not.toContain(secret)
  })
})

describe('mail', () => {
  afterEach(() => test.close())

  const SMTP = {
    MAIL_FROM: 'Chez Moussa <livres@example.net>',
    SMTP_URL: 'smtps://a:b@mail.example.net',
  }
  const redOf = async (change: Record<string, string[]>) => {
    test = await openPatient({ ...SMTP })
    await identify()
    Object.assign(test.dns, change)
    const mail = { perHour: 1, send: async () => ({ kind: 'sent' as const }) }
    return look({ ...test.shop, mail })
  }

  it.each([
    [
      'no SPF',
      { 'example.net': [] },
      'Mail: SPF: example.net does not say who may send in its name: receipts end up as spam.',
    ],
    [
      'two SPF',
      { 'example.net': ['v=spf1 a ~all', 'v=spf1 mx ~all'] },
      'Mail: SPF: example.net has several SPF records, and so none that counts.',
    ],
    [
      'an open SPF',
      { 'example.net': ['v=spf1 +all'] },
      'Mail: SPF: The SPF of example.net lets anybody send in its name (+all).',
    ],
    [
      'no DMARC',
      { '_dmarc.example.net': [] },
      'Mail: DMARC: example.net does not say what to do with forgeries: Gmail and Yahoo distrust your receipts.',
    ],
  ])('%s', async (_, change, says) => {
    expect((await redOf(change)).red).toEqual([says])
  })

  it('a DKIM key under another name is no fault that can be known', async () => {
    const { lines, red } = await redOf({ 'default._domainkey.example.net': [] })
    expect(red).toEqual([])
    expect(lines).toContainEqual(expect.stringMatching(/^note Mail: DKIM: No key under the usual/))
  })

  it('a DNS that does not answer is told as that', async () => {
    test = await openPatient({ ...SMTP })
    await identify()
    const txt = () => Promise.reject(Object.assign(new Error('no'), { code: 'ETIMEOUT' }))
    const mail = { perHour: 1, send: async () => ({ kind: 'sent' as const }) }
    const { lines, red } = await look({ ...test.shop, mail, probes: { ...test.probes, txt } })
    expect(red).toEqual([])
    expect(lines).toContain('note Mail: SPF: The DNS does not answer from here (ETIMEOUT).')
  })
})
