import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { deployFaults, deployNotes } from '../../tools/deploy-check.ts'
import type { Deployment } from '../../tools/deploy-check.ts'
import { describeError } from '../../src/lib/log.ts'
import { apacheIsHere } from '../support/apache.ts'
import { MODULES, users } from '../support/apache-configuration.ts'
import { freePort } from '../support/cluster.ts'
import { START_MS } from '../support/on-runtime.ts'
import { testDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** As long as a real one, so that every route takes it for a key. */
const KEY = '7K3M94FT.Zk3yZk3yZk3yZk3yZk3yZk'
const withKey = (key: string) => [
  `/commande/${key}`,
  `/commande/${key}/statut`,
  `/commande/${key}/recu`,
  `/commande/${key}/debite`,
  `/commande/${key}/nulle-part`,
  `/commande/${key}/%`,
  `/d/${key}/Le%20livre.pdf`,
  `/en/retrouver/livres/${key}`,
  `/payment/return/?commande=${key}`,
  `/diagnostic/telephone/${key}`,
  `/essai-envoi/${key}`,
  `/admin/installation/${key}`,
  `/admin/invitation/${key}`,
  `/nulle-part/${key}`,
]
const secretOf = (key: string) => key.split('.')[1]!

describe('what Cloudflare would keep', () => {
  const good: Deployment = {
    vars: { PUBLIC_URL: 'https://livres.chez-moussa.ml', DEMONSTRATION: 'on' },
    secrets: new Set(['APP_SECRET']),
    hyperdriveId: '57b7076f58be42419276f058a8968187',
    bucket: 'kiosque-files',
  }
  const said = (change: Partial<Deployment>) => {
    const deployment = { ...good, ...change }
    return { faults: deployFaults(deployment), notes: deployNotes(deployment) }
  }
  const none = { faults: [], notes: [] }
  const alone = (sentence: RegExp) => [expect.stringMatching(sentence) as string]

  it('is refused, where it is the address of each request', () => {
    const invocations = { faults: alone(/invocation_logs = false/), notes: alone(/Logs are on/) }
    expect(said({ observability: { enabled: true } })).toEqual(invocations)
    expect(said({ observability: { enabled: false, logs: { enabled: true } } })).toEqual(
      invocations,
    )
    expect(said({ observability: { traces: { enabled: true } } })).toEqual({
      faults: alone(/\[observability\.traces\]/),
      notes: [],
    })
  })

  it('is told, where somebody may want it', () => {
    const lines = { enabled: true, logs: { invocation_logs: false } }
    expect(said({ observability: lines })).toEqual({ faults: [], notes: alone(/Logs are on/) })
    expect(said({ logpush: true })).toEqual({ faults: [], notes: alone(/^logpush receives/) })
    expect(said({ tails: ['journal'] })).toEqual({ faults: [], notes: alone(/Worker journal/) })
    expect(said({})).toEqual(none)
    expect(said({ observability: { enabled: true, logs: { enabled: false } } })).toEqual(none)
  })

  const deploy = (config: string) => {
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }
    const args = ['tsx', 'tools/deploy.ts', '--dry-run', '--config', config]
    const child = spawn('npx', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (output += String(data)))
    return once(child, 'exit').then(() => output)
  }

  it('is nothing with the wrangler.toml that comes with the shop, and told with an older one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosque-observed-'))
    const ours = await readFile('wrangler.toml', 'utf8')
    const older = ours.replace(/\[observability\][^]*$/, '[observability]\nenabled = true\n')
    await writeFile(join(folder, 'wrangler.toml'), older)
    const [now, then] = await Promise.all([
      deploy('wrangler.toml'),
      deploy(join(folder, 'wrangler.toml')),
    ])
    await rm(folder, { recursive: true })
    expect(now).toContain('HYPERDRIVE is a placeholder')
    expect(now).not.toMatch(/address of each request|Logs are on/)
    expect(then).toContain('invocation_logs = false')
  }, 120_000)
})

describe('the shop’s own lines', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  afterAll(() => test.close())

  it('hold no key, whatever becomes of the request', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect((await test.request(order.page)).status).toBe(200)
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
      for (const key of [order.key, KEY])
        for (const path of withKey(key)) await test.request(path, { method })
    await test.settled()
    expect(test.lines.length).toBeGreaterThan(100)
    const lines = test.lines.join('\n')
    for (const key of [order.key, KEY]) expect(lines).not.toContain(secretOf(key))
  })

  it('hold none of a fault that nobody expected and that repeats the address', async () => {
    const order = await anOrder(test, 'le-livre')
    const at = vi.spyOn(test.shop.provider, 'check').mockImplementation(() => {
      throw new TypeError(`Failed to parse https://livres.example.com${order.page}?x=1`)
    })
    test.advance(60_000)
    test.lines.length = 0
    await test.request(order.page)
    await test.settled()
    at.mockRestore()
    const lines = test.lines.join('\n')
    expect(lines).toContain('Failed to parse')
    expect(lines).not.toContain(secretOf(order.key))
  })

  it('still say what was wrong', () => {
    const said = "Cannot read properties of undefined (reading 'transactionId')"
    expect(describeError(new TypeError(said))).toMatchObject({ message: said })
  })
})

describe('the lines of a running shop', () => {
  async function visited(start: (url: string) => Promise<Running>) {
    const database = await testDatabase()
    const running = await start(database.url)
    try {
      for (const path of withKey(KEY)) await fetch(running.url + path, { redirect: 'manual' })
      await vi.waitFor(() => expect(running.output()).toContain('/essai-envoi/'))
      expect(running.output()).toContain('/commande/:key')
      expect(running.output()).not.toContain(secretOf(KEY))
    } finally {
      await running.stop()
      await database.drop()
    }
  }
  it('hold no key on Node', () => visited((url) => onNode({ DATABASE_URL: url })), START_MS)
  it('hold no key on workerd', () => visited((url) => onWorkerd(url)), START_MS)
})

describe.skipIf(!apacheIsHere)('Apache’s log, as the guide sets it up', () => {
  it('holds no key', async () => {
    const guide = await readFile('docs/en/running.md', 'utf8')
    const lines = /in the place of its `CustomLog`:\n\n```apache\n(.*?)```/s.exec(guide)![1]!
    const room = await mkdtemp('/tmp/kiosque-log-')
    await chmod(room, 0o755)
    const port = await freePort()
    const configuration = [
      ...['mpm_event', 'authz_core', 'setenvif'].map(
        (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`,
      ),
      ...(users ? [`User ${users.apache}`, `Group ${users.group}`] : []),
      `ServerRoot ${room}`,
      'ServerName localhost',
      `PidFile ${room}/apache.pid`,
      `Mutex file:${room} default`,
      `ErrorLog ${room}/error.log`,
      `Listen 127.0.0.1:${port}`,
      `DocumentRoot ${room}`,
      lines.replaceAll('logs/shop.log', `${room}/shop.log`),
    ]
    await writeFile(join(room, 'apache.conf'), `${configuration.join('\n')}\n`)
    execFileSync('/usr/sbin/apache2', ['-f', join(room, 'apache.conf'), '-t'], { stdio: 'ignore' })
    const apache = spawn('/usr/sbin/apache2', ['-f', join(room, 'apache.conf'), '-DFOREGROUND'], {
      stdio: 'ignore',
    })
    const read = () => readFile(join(room, 'shop.log'), 'utf8')
    try {
      await vi.waitFor(() => answers(port), { timeout: 10_000 })
      const kept = withKey(KEY).filter(
        (path) => !path.includes('%/') && !/nulle-part|essai/.test(path),
      )
      const referer = `https://livres.example.com/commande/${KEY}`
      for (const path of [...kept, '/livres/le-livre'])
        await fetch(`http://127.0.0.1:${port}${path}`, { headers: { referer } })
      await vi.waitFor(async () => expect(await read()).toContain('/livres/le-livre'))
      expect((await read()).trim().split('\n')).toHaveLength(kept.length + 1)
      expect(await read()).not.toContain(secretOf(KEY))
    } finally {
      apache.kill('SIGTERM')
      await once(apache, 'exit')
      await rm(room, { recursive: true, force: true })
    }
  })
})

const answers = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
