import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shopVersion } from '../../src/config/versions.ts'
import { apacheIsHere, giveToApp, hostFolder, startApache } from '../support/apache.ts'
import { realPostgres } from '../support/postgres.ts'
import { DEMONSTRATION, OWNER, settle, visitor } from './installer-visitor.ts'
import {
  addMigration,
  buildPackage,
  emptyDatabase,
  extract,
  idIn,
  startBare,
} from './package-tools.ts'
import { SHOP_NODE } from '../support/built.ts'

const LONG_MS = 120_000
const MAINTENANCE = 'La boutique est en réparation'
const SETTINGS = {
  PUBLIC_URL: 'http://localhost:3000',
  APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
  DEMONSTRATION: 'on',
}
const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

// Each gives one clear sentence in the page and in the log, and loses nothing.
describe.skipIf(!realPostgres)('the package in bad surroundings', () => {
  const zips = mkdtempSync(join(tmpdir(), 'kiosque-zips-'))
  let whole: string
  let zip: string
  let folder: string
  let database: Awaited<ReturnType<typeof emptyDatabase>>
  const running: { stop(): Promise<void> }[] = []
  beforeAll(async () => {
    zip = buildPackage(shopVersion, zips)
    whole = join(zips, 'whole')
    extract(zip, whole)
  }, LONG_MS)
  afterAll(() => rmSync(zips, { recursive: true, force: true }))
  beforeEach(async () => {
    database = await emptyDatabase()
    folder = mkdtempSync(join('/tmp', 'kiosque-bad-'))
    cpSync(whole, folder, { recursive: true })
  })
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const start = async (...[environment, options]: [object?, object?]) => {
    const shop = await startBare(folder, { ...environment }, options)
    running.push(shop)
    return shop
  }
  const page = async (shop: { request(path: string): Promise<Response> }, path = '/') => {
    const answer = await shop.request(path)
    return { status: answer.status, html: await answer.text() }
  }
  const inside = async (shop: {
    url: string
    request: (path: string, init: object) => Promise<Response>
  }) => {
    const moussa = visitor(shop.request, shop.url)
    await moussa.go('/')
    await moussa.enter(folder)
    return moussa
  }

  it('from a shell the installer, where secrets are typed, opens on this machine only', async () => {
    const shop = await start()
    expect((await shop.request('/')).status).toBeLessThan(400)
    const elsewhere = new URL(shop.url)
    elsewhere.hostname = '127.0.0.2'
    await expect(fetch(elsewhere)).rejects.toThrow('fetch failed')
  })

  it('tells an old Node, in a language that it reads', async () => {
    const preload = join(zips, 'old-node.cjs')
    writeFileSync(preload, "Object.defineProperty(process, 'version', { value: 'v16.20.2' })")
    const shop = await start({}, { preload })
    const seen = await page(shop)
    expect(seen.status).toBe(503)
    expect(seen.html).toContain(
      'demande Node 20.12 ou plus récent, et l’hébergeur lui donne Node 16.20.2',
    )
    expect(shop.output()).toContain('start.refused')
    expect(shop.output()).toContain('This shop needs Node 20.12 or newer')
    // esbuild refuses what is newer than that.
    const text = readFileSync(join(folder, 'passenger.cjs'), 'utf8')
    await expect(transform(text, { target: 'es5' })).resolves.toBeTruthy()
  })

  it('tells of a zip that was extracted in part, and starts once it is whole', async () => {
    for (const cutAfter of [3, 8, 12, 20]) {
      rmSync(folder, { recursive: true })
      extract(zip, folder, cutAfter)
      const shop = await start()
      const seen = await page(shop, '/installer')
      expect(seen.status).toBe(503)
      expect(seen.html).toContain('Le paquet n’a pas été extrait en entier')
      expect(shop.output()).toContain('The package was not extracted whole')
    }
    extract(zip, folder)
    expect((await page(await start(), '/installer')).html).toContain('Installer votre boutique')
  })

  it('tells of a file that was cut in the middle', async () => {
    const file = join(folder, 'versions', idIn(folder), 'migrations', '0001_shop.sql')
    writeFileSync(file, readFileSync(file).subarray(0, 1000))
    const shop = await start()
    expect((await page(shop)).html).toContain('Le paquet n’a pas été extrait en entier')
    expect(shop.output()).toContain('0001_shop.sql is cut or was changed')
  })

  it('starts the version before, when the folder of the chosen one was deleted', async () => {
    const chosen = { id: '9.9.9-00000000', previous: idIn(folder) }
    writeFileSync(join(folder, 'versions', 'chosen.json'), JSON.stringify(chosen))
    const shop = await start()
    expect((await page(shop, '/installer')).html).toContain('Installer votre boutique')
    expect(shop.output()).toContain('version.damaged')
  })

  it.skipIf(!isRoot)(
    'tells of a folder where it may not write',
    async () => {
      execFileSync('chmod', ['-R', 'a+rX', folder])
      const shop = await start({}, { uid: NOBODY })
      const seen = await page(shop, '/installer')
      expect(seen.status).toBe(503)
      expect(seen.html).toContain(`ne peut pas écrire dans ${folder}/data`)
      expect(shop.output()).toContain('file.unwritable')
      chmodSync(join(folder, 'data'), 0o777)
      chmodSync(join(folder, 'tmp'), 0o777)
      expect((await page(shop, '/installer')).html).toContain('code-installation.txt')

      // The folder itself stays closed: the settings go into the panel.
      const moussa = await inside(shop)
      expect((await moussa.go('/installer/hebergeur')).html).toContain('vous copierez les réglages')
      const seenOwner = await settle(moussa, shop.url, database)
      const done = await moussa.send(seenOwner.path, OWNER)
      expect(done.path).toBe('/installer/panneau')
      const shown = [
        ...done.html.matchAll(/<code>(\w+)<\/code><\/dt><dd><code class="address">([^<]*)/g),
      ]
      const settings = Object.fromEntries(shown.map(([, name, value]) => [name, value]))
      const opened = await start(settings, { uid: NOBODY })
      expect(await page(opened)).toMatchObject({ status: 200 })
      expect((await page(opened, '/installer')).status).toBe(404)
      expect(existsSync(join(folder, 'data', 'installation.json'))).toBe(false)
    },
    LONG_MS,
  )

  it.skipIf(!isRoot)(
    'tells of a full disk, keeps what was typed, and goes on',
    async () => {
      const data = join(folder, 'data')
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', data])
      try {
        const fillUp = () => {
          try {
            writeFileSync(join(data, 'mail'), Buffer.alloc(2_000_000))
          } catch {
            // As much as there was room for.
          }
        }
        fillUp()
        const shop = await start()
        const seen = await page(shop, '/installer')
        expect(seen.status).toBe(503)
        expect(seen.html).toContain('Le disque est plein')
        expect(shop.output()).toContain('"why":"full"')

        rmSync(join(data, 'mail'))
        const moussa = await inside(shop)
        await moussa.send('/installer/adresse', { address: shop.url })
        fillUp()
        expect((await moussa.go('/installer/hebergeur')).html).toContain('Le disque est plein')
        const refused = await moussa.send('/installer/paiements', DEMONSTRATION)
        expect(refused).toMatchObject({ status: 503 })
        expect(refused.html).toContain('Rien n’est perdu')
        rmSync(join(data, 'mail'))
        expect((await moussa.go('/installer')).path).toBe('/installer/base')
        expect((await moussa.go('/installer/adresse')).html).toContain(`value="${shop.url}"`)
      } finally {
        for (const one of running.splice(0)) await one.stop()
        execFileSync('umount', [data])
      }
    },
    LONG_MS,
  )

  it.skipIf(!apacheIsHere)(
    'shows nothing of itself where it lies in the public folder',
    async () => {
      const documentRoot = hostFolder('public_html')
      const appRoot = join(documentRoot, 'kiosque')
      extract(zip, appRoot)
      giveToApp(documentRoot)
      const apache = await startApache({ appRoot, documentRoot })
      running.push(apache)
      try {
        const page = await (await fetch(`${apache.url}/installer`)).text()
        expect(page).toContain('code-installation.txt')
        const id = idIn(appRoot)
        const paths = ['data/code-installation.txt', 'release.json', `versions/${id}/manifest.json`]
        writeFileSync(join(appRoot, '.env'), 'APP_SECRET=x')
        for (const path of [...paths, '.env'])
          expect([path, (await fetch(`${apache.url}/kiosque/${path}`)).status]).toEqual([path, 403])
      } finally {
        await running.pop()!.stop()
        rmSync(documentRoot, { recursive: true, force: true })
      }
    },
    LONG_MS,
  )

  describe('once it is installed', () => {
    const install = async () => {
      const shop = await start()
      const moussa = await inside(shop)
      const owner = await settle(moussa, shop.url, database)
      await moussa.send(owner.path, OWNER)
      await shop.stop()
    }
    const env = (settings: Record<string, string>) =>
      writeFileSync(
        join(folder, '.env'),
        Object.entries({ ...SETTINGS, DATABASE_URL: database.url, ...settings })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      )

    it(
      'shows one sentence when its settings are broken or gone, and never the installer',
      async () => {
        env({})
        const shop = await start()
        expect((await page(shop)).status).toBe(200)
        await shop.stop()

        for (const breakIt of [
          () => env({ APP_SECRET: 'court' }),
          () => env({ DATABASE_URL: '' }),
          () => rmSync(join(folder, '.env')),
        ]) {
          breakIt()
          const broken = await start()
          for (const path of ['/', '/installer', '/admin']) {
            const seen = await page(broken, path)
            expect(seen.status).toBe(503)
            expect(seen.html).toContain(MAINTENANCE)
            expect(seen.html).not.toMatch(/APP_SECRET|DATABASE_URL|code-installation/)
          }
          expect(broken.output()).toMatch(/start\.refused.*(APP_SECRET|DATABASE_URL)/)
          await broken.stop()
        }
        env({})
        expect((await page(await start())).status).toBe(200)
      },
      LONG_MS,
    )

    it(
      'goes on with its version when it restarts beside one that was only extracted',
      async () => {
        env({})
        const first = idIn(folder)
        await (await start()).stop()
        extract(buildPackage('9.0.0', zips), folder)
        const fresh = addMigration(folder, '9999_trial', 'create table trial (id bigint)')
        const again = await start()
        expect((await page(again)).status).toBe(200)
        expect(again.output()).not.toContain('9999_trial')
        await again.stop()

        // Gone from the disk, it leaves its place to the other, which keeps it in its turn.
        rmSync(join(folder, 'versions', first), { recursive: true })
        const next = await start()
        expect(next.output()).toContain('9999_trial')
        await next.stop()
        extract(zip, folder)
        expect(idIn(folder)).toBe(first)
        const last = await start()
        expect((await page(last)).status).toBe(200)
        const chosen = readFileSync(join(folder, 'versions', 'chosen.json'), 'utf8')
        expect(JSON.parse(chosen)).toEqual({ id: fresh })
      },
      LONG_MS,
    )

    it(
      'refuses a second shop in its folder, and a secret that was changed',
      async () => {
        env({})
        const first = await start()
        env({ APP_SECRET: 'another-Secret-9Kd2mZ', PUBLIC_URL: 'http://localhost:4000' })
        const second = await start()
        expect((await page(second)).html).toContain(MAINTENANCE)
        expect(second.output()).toContain('belongs to another shop, or APP_SECRET was changed')
        expect((await page(first)).status).toBe(200)
        env({})
        // Several processes of the same shop are no strangers.
        const third = await start()
        expect([(await page(first)).status, (await page(third)).status]).toEqual([200, 200])
      },
      LONG_MS,
    )

    it(
      'stays up while its database is away',
      async () => {
        env({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })
        const shop = await start()
        const seen = await page(shop)
        expect(seen.status).toBe(503)
        expect(seen.html).toContain('La boutique revient tout de suite')
        expect(shop.output()).toContain('database.unavailable')
      },
      LONG_MS,
    )

    it(
      'says in the log what it does not understand of its database',
      async () => {
        env({})
        const shop = await start()
        await shop.stop()
        rmSync(join(folder, 'versions', idIn(folder), 'migrations', '0010_more_messages.sql'))
        const manifest = join(folder, 'versions', idIn(folder), 'manifest.json')
        const list = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, string> }
        delete list.files['migrations/0010_more_messages.sql']
        writeFileSync(manifest, JSON.stringify(list))
        const older = await start()
        expect((await page(older)).html).toContain(MAINTENANCE)
        expect(older.output()).toContain('made by a newer version')
      },
      LONG_MS,
    )

    it(
      'runs its commands from the panel',
      async () => {
        await install()
        // The doctor's exit tells of what is red; here it is about what is printed.
        const run = (command: string) =>
          spawnSync(SHOP_NODE, ['passenger.cjs', command], { cwd: folder, encoding: 'utf8' }).stdout
        expect(run('doctor')).toContain('PostgreSQL')
        expect(run('access')).toContain('To choose a new password')
        expect(run('cron')).toContain('payments asked about')
      },
      LONG_MS,
    )
  })
})
