import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { connectTo, openDatabase, orUnavailable } from '../src/data/database.ts'
import { surviveResets } from './dev-resets.ts'
import { WORKER_RUNTIME } from './worker-runtime.ts'
import { bringUpToDate, forMigrating } from '../src/entries/migrations.ts'
import { seedDemonstration } from '../demonstration/seed.ts'
import { ownFolder } from '../src/entries/node/own-folder.ts'
import { cannotListen } from '../src/lib/listening.ts'
import {
  keptSecret,
  openEmbeddedIn,
  orSay,
  readNodeConfig,
  setupNotice,
} from '../src/entries/node/shop.ts'
import { bucketStorage } from '../src/storage/bucket.ts'
import type { Bucket } from '../src/storage/bucket.ts'

/**
 * `npm run dev:worker`: the built Worker in workerd, with the same demonstration. The embedded
 * database is lent to it over loopback, as Hyperdrive would lend the real one.
 */
const config = readNodeConfig()
ownFolder(config.dataDir, { isSent: false })
const embedded = config.databaseUrl ? undefined : await openEmbeddedIn(config.dataDir)
const bridge = await embedded?.listen()
const databaseUrl = config.databaseUrl ?? bridge!.url

await orSay(orUnavailable(bringUpToDate(connectTo(databaseUrl, forMigrating))))

const appSecret = config.appSecret || keptSecret(config.dataDir)
surviveResets()
const worker = new Miniflare({
  modules: true,
  scriptPath: 'dist/worker.mjs',
  modulesRoot: 'dist',
  ...WORKER_RUNTIME,
  host: config.host ?? 'localhost',
  port: config.port,
  hyperdrives: { HYPERDRIVE: databaseUrl },
  r2Buckets: ['FILES'],
  r2Persist: join(config.dataDir, 'r2'),
  bindings: {
    PUBLIC_URL: config.publicUrl,
    APP_SECRET: appSecret,
  },
})
await worker.ready.catch((error: { code?: string }) => {
  const says = cannotListen(error, config)
  if (!says) throw error
  console.error(says)
  process.exit(1)
})

const database = openDatabase(() => connectTo(databaseUrl))
const files = bucketStorage((await worker.getBindings<{ FILES: Bucket }>()).FILES)
await seedDemonstration({ sql: database.sql, files, now: () => new Date() })
const desk = await setupNotice({ sql: database.sql, config: { ...config, appSecret } })
await database.close()
console.log(['', `  Kiosque is open in workerd:  ${config.publicUrl}/`, ...desk, ''].join('\n'))

process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())

async function stop() {
  await worker.dispose()
  await bridge?.close()
  await embedded?.close()
  process.exit(0)
}
