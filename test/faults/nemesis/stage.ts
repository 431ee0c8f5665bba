import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectTo, openDatabase } from '../../../src/data/database.ts'
import type { PassReport } from '../../../src/scheduler/pass.ts'
import { bringUpToDate } from '../../../src/entries/migrations.ts'
import { diskStorage } from '../../../src/storage/disk.ts'
import { s3Storage } from '../../../src/storage/s3.ts'
import { startS3 } from '../../support/s3-server.ts'
import { chance } from '../chance.ts'
import { KEY_SETTINGS, ONE_PHONE, putBook } from '../goods.ts'
import type { Api } from '../goods.ts'
import { openClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { openBalancer } from './balancer.ts'
import { openMailService } from './mail-service.ts'
import { openPostman } from './postman.ts'
import { openProvider } from './provider.ts'
import { openShops } from './shops.ts'
import { oneServer } from './site.ts'
import type { Site } from './site.ts'
import { openTally } from './tally.ts'

const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const CRON_SECRET = 'p3Lk8vHc2Zt6Jq9wEr5y'
/** More than one buffer, so that a download can be cut. */
const BOOK_BYTES = 300_000
/** Within this the database answers the nemesis, or counts as away. */
const DEADLINE_MS = 3_000

export type Stage = Awaited<ReturnType<typeof openStage>>

type Options = {
  program?: string | undefined
  clock?: Clock
  site?: (() => Promise<Site>) | undefined
  /** How many processes there are of the shop. */
  places?: number | undefined
  /** Files lie in a bucket that speaks S3, and not on a disk that the processes share. */
  inBucket?: boolean | undefined
}

/**
 * All that plays a part, each in its place: PostgreSQL, the built server as processes behind one
 * address, CinetPay behind a line, its notices. Nothing is wrong yet.
 */
export async function openStage(
  api: Api,
  seed: number,
  {
    program = 'dist/node.mjs',
    clock = openClock(),
    site: openSite = oneServer,
    places,
    inBucket,
  }: Options = {},
) {
  const luck = chance(seed)
  const tally = openTally()
  const broken: string[] = []
  const site = await openSite()
  const { cluster, url } = site
  await bringUpToDate(connectTo(url, { max: 1 }))
  const connect = () => connectTo(url, { max: 4, connection: { application_name: 'nemesis' } })
  const database = openDatabase(connect, DEADLINE_MS)
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-nemesis-'))
  const sweep = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', sweep)
  const s3 = inBucket ? await startS3() : undefined
  const files = s3 ? s3Storage(s3.settings, fetch) : diskStorage(join(folder, 'files'))
  const bookSha256 = await putBook(
    { files, sql: database.sql, now: () => new Date() },
    new Uint8Array(randomBytes(BOOK_BYTES)),
  )

  await database.sql`
    insert into settings (section, value, changed_at)
    values ('shop', '{"email": "moussa@example.com"}', now())`

  const postman = openPostman({ api, luck, tally, broken })
  const { notify } = postman
  const provider = await openProvider({ api, luck, tally, broken, now: clock.now, notify })
  const mail = await openMailService({ luck, tally, broken })
  const balancer = await openBalancer(() => shops.choose())
  const environment = {
    PUBLIC_URL: balancer.url,
    DATABASE_URL: site.shopUrl,
    DATA_DIR: folder,
    APP_SECRET,
    CRON_SECRET,
    CINETPAY_API_URL: provider.url,
    ...KEY_SETTINGS[api],
    RATE_LIMITS: 'off',
    ...mail.settings,
    ...(s3 && {
      S3_ENDPOINT: s3.settings.endpoint,
      S3_BUCKET: s3.settings.bucket,
      S3_ACCESS_KEY_ID: s3.settings.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.settings.secretAccessKey,
    }),
  }
  const shops = await openShops({
    program,
    folder,
    environment,
    clock,
    luck,
    tally,
    broken,
    ...(places && { places }),
  })
  await shops.restart()

  return {
    api,
    luck,
    tally,
    broken,
    clock,
    cluster,
    sql: database.sql,
    appSecret: APP_SECRET,
    bookSha256,
    postman,
    provider,
    mail,
    transactions: provider.transactions,
    refusedAtCreation: provider.refusedAtCreation,
    shops,
    url: balancer.url,
    request: (path: string) =>
      fetch(balancer.url + path, { redirect: 'manual', headers: { cookie: ONE_PHONE } }),
    /** One cron pass, or undefined when it was cut. `patienceMs` is the caller's. */
    async cron(patienceMs = 60_000): Promise<PassReport | undefined> {
      try {
        const answer = await fetch(`${balancer.url}/cron`, {
          method: 'POST',
          headers: { authorization: `Bearer ${CRON_SECRET}` },
          signal: AbortSignal.timeout(patienceMs),
        })
        const text = await answer.text()
        return answer.ok ? (JSON.parse(text) as PassReport) : undefined
      } catch {
        return undefined
      }
    },
    async close() {
      await shops.close()
      balancer.close()
      provider.close()
      mail.close()
      await database.close().catch(() => {})
      await site.close()
      await s3?.close()
      process.off('exit', sweep)
      sweep()
    },
  }
}
