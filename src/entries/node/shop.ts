import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { setupAddress } from '../../admin/access/setup.ts'
import { readConfig } from '../../config/config.ts'
import type { Config } from '../../config/config.ts'
import { shopVersion } from '../../config/versions.ts'
import { connectTo, DatabaseUnavailable, openDatabase, orUnavailable } from '../../data/database.ts'
import type { Pool } from '../../data/database.ts'
import { openReplica } from '../../data/replica.ts'
import { CannotStart } from '../../lib/cannot-start.ts'
import { base64url, randomBytes } from '../../lib/encoding.ts'
import { describeError, lineLog } from '../../lib/log.ts'
import { openMail } from '../../mail/carrier.ts'
import { bringUpToDate, forMigrating, isUpToDate } from '../migrations.ts'
import { openShop } from '../open.ts'
import { releasesIn, startOfPackage } from './releases.ts'
import type { Shop } from '../../contracts/shop.ts'
import { diskXSendfile } from '../../storage/disk-x-sendfile.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { directly } from './call.ts'
import { openFiles } from './files.ts'
import { severalHosts } from './hosts.ts'
import { packForMany } from './compress.ts'
import { nodeProbes } from './probes.ts'
import { builtEntry, drawEntry, inspectBeside } from './inspect.ts'
import { ownFolder } from './own-folder.ts'

/** The settings of a Node process: its environment, completed by `.env`. */
export function readNodeConfig(): Config {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}
  const reading = readConfig({ ...file, ...process.env })
  if (reading.ok) return reading.config
  console.error('The shop cannot start. In the environment or in .env:')
  for (const fault of reading.faults) console.error(`- ${fault}`)
  process.exit(1)
}

/** A pass ends by its time before it reaches this. */
const CHECKS_A_PASS = 1_000
const VISIT_GAP_MS = 5_000

/**
 * For the entries: a fault that the user can correct is printed as one sentence, and ends the
 * process.
 */
export async function orSay<T>(opening: Promise<T>): Promise<T> {
  return opening.catch(async (error: unknown) => {
    if (error instanceof DatabaseUnavailable) console.error((await sayAway(error)).join('\n'))
    else if (error instanceof CannotStart) console.error(error.message)
    else throw error
    process.exit(1)
  })
}

/** Opens everything that a Node process serves from: database, storage, and the shop on top. */
export async function openNodeShop(settings: Config) {
  const now = () => new Date()
  const common = { version: shopVersion, pid: process.pid }
  const log = lineLog((line) => process.stdout.write(`${line}\n`), now, common)
  const config = { ...settings, appSecret: prepareFolder(settings) }

  const database = await openNodeDatabase(config)
  const fetch = Object.assign((request: Request) => globalThis.fetch(request), { directly })
  const { files, lend, folder } = await openFiles(config, fetch)
  const beside = builtEntry && inspectBeside({ lend, log, entry: builtEntry, draw: drawEntry })
  const atWork = new Set<Promise<unknown>>()
  const background = (work: Promise<unknown>) => {
    const watched = work
      .catch((error: unknown) => log('background.failed', describeError(error)))
      .finally(() => atWork.delete(watched))
    atWork.add(watched)
  }
  const mail = openMail(config.mail, fetch)
  const { databaseReadUrl: readUrl } = config
  const replica =
    readUrl === undefined
      ? undefined
      : openReplica({
          connect: () => connectTo(readUrl),
          primary: database.sql,
          config,
          now,
          log,
        })
  const parts = { config, sql: database.sql, replica, files, log, fetch, mail, now, background }
  const shop = openShop({
    ...parts,
    inspect: beside?.inspect,
    checksAPass: CHECKS_A_PASS,
    visitGapMs: VISIT_GAP_MS,
    probes: nodeProbes(database.openAnother),
  })
  const packaged = startOfPackage()
  if (packaged) shop.releases = releasesIn(packaged)

  shop.pack = packForMany
  // Not loaded unless it is enabled.
  if (config.metricsSecret) shop.metrics = (await import('./metrics.ts')).processMetrics()
  const spans =
    config.traces && (await import('./traces.ts')).spansTo(config.traces, fetch, log, shopVersion)
  shop.trace = spans?.trace
  if (config.sendFile) shop.xSendfile = diskXSendfile(folder)

  /**
   * Migrates the database, once; returns the reason while it cannot be reached. Until then the shop
   * answers 503 and tries again with the next visit, instead of crashing in a loop.
   */
  let prepared: Promise<DatabaseUnavailable | undefined> | undefined
  const prepare = () =>
    (prepared ??= database.migrate().then(
      (applied) => {
        for (const name of applied) log('migration.applied', { name })
        return undefined
      },
      (error: unknown) => {
        prepared = undefined
        if (!(error instanceof DatabaseUnavailable)) throw error
        log('database.unavailable', { code: error.code })
        return error
      },
    ))
  const away = await prepare()

  return {
    shop,
    log,
    prepare,
    stopInspecting: () => beside?.stop(),
    /** Why the database could not be reached at the start. */
    away,
    async close() {
      while (atWork.size > 0) await Promise.all(atWork)
      await replica?.close()
      await spans?.flush()
      await database.close()
    },
    async introduce() {
      const setup = away ? await sayAway(away) : await setupNotice(shop)
      const lines = [
        '',
        `  Kiosque ${away ? 'waits for its database' : 'is open'}:  ${config.publicUrl}${paths.catalog}`,
        ...(shop.simulator
          ? [
              `  The simulator:    ${config.publicUrl}${paths.simulator}/ (${played[config.simulatedApi]})`,
              '  A demonstration: no money moves. To sell, see .env.example.',
            ]
          : []),
        ...setup,
        `  Listens on:       ${config.host ?? 'all addresses of this machine'}, port ${config.port}`,
        `  Its data:         ${config.databaseUrl ? 'PostgreSQL' : 'embedded'}, files in ${config.s3 ? `the bucket ${config.s3.bucket}` : config.dataDir}`,
        '',
      ]
      console.log(lines.join('\n'))
    },
  }
}

const played = {
  v1: "plays CinetPay's newer API; SIMULATED_API=v2: the older one",
  v2: "plays CinetPay's older API, Checkout v2",
}

/** For the console of whoever starts the shop or runs a command. */
export async function sayAway({ code }: DatabaseUnavailable): Promise<string[]> {
  // These words are rarely needed; most starts do not load them.
  const { doctorWords } = await import('../../doctor/words/words.ts')
  const { says, deed } = doctorWords('en').database.away(code)
  return [`  ${says}`, `  ${deed}`]
}

/**
 * For the console, not the log: whoever reads this address can open the desk, as long as nobody
 * has. A database that is down is reported elsewhere.
 */
export async function setupNotice(shop: Pick<Shop, 'sql' | 'config'>): Promise<string[]> {
  const address = await setupAddress(shop).catch((error: unknown) => {
    if (!(error instanceof DatabaseUnavailable)) throw error
    return undefined
  })
  const desk = `  The desk:         ${absolute(shop.config, paths.desk)}`
  return address ? ['  To open the desk for the first time:', `    ${address}`] : [desk]
}

/** PostgreSQL where DATABASE_URL names one, else PGlite in DATA_DIR. */
async function openNodeDatabase({ databaseUrl, dataDir }: Config) {
  const embedded = databaseUrl ? undefined : await openEmbeddedIn(dataDir)
  const connect = (options: object = {}): Pool =>
    connectTo(databaseUrl ?? '', {
      ...(embedded?.options ?? severalHosts(databaseUrl ?? '')),
      ...options,
    })
  const database = openDatabase(connect)
  return {
    sql: database.sql,
    async migrate() {
      // A first query with a deadline: the driver alone may wait for ever.
      try {
        if (await isUpToDate(database.sql)) return []
        return await orUnavailable(bringUpToDate(connect(forMigrating)))
      } catch (error) {
        throw asUnknownParameter(error)
      }
    },
    openAnother: embedded
      ? undefined
      : (deadlineMs: number) => openDatabase(() => connect({ max: 1 }), deadlineMs),
    async close() {
      await database.close()
      await embedded?.close()
    },
  }
}

/** The driver passes unknown parameters of an address to the server, which refuses them (42704). */
function asUnknownParameter(error: unknown): unknown {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  const name = /^unrecognized configuration parameter "([^"]+)"/.exec(message)?.[1]
  return code === '42704' && name
    ? new CannotStart(
        `DATABASE_URL has the parameter "${name}", which PostgreSQL does not know: take it out.`,
        { cause: error },
      )
    : error
}

export async function openEmbeddedIn(folder: string) {
  // Not loaded with a real PostgreSQL: it is 27 MB, and a cPanel package does not contain it.
  const { openEmbedded } = await import('../../../packages/pglite-for-postgres/embedded.ts')
  return openEmbedded(folder).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}

/** Creates DATA_DIR if it is missing; returns the secret, which may be stored there. */
function prepareFolder({ dataDir, appSecret, sendFile }: Config): string {
  try {
    ownFolder(dataDir, { isSent: Boolean(sendFile) })
    return appSecret || keptSecret(dataDir)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CannotStart(
      `The shop cannot write in DATA_DIR, ${resolve(dataDir)} (${code}): give it a folder that belongs to the user who runs it.`,
      { cause: error },
    )
  }
}

/** A demonstration creates its own secret and keeps it, so that links survive a restart. */
export function keptSecret(folder: string): string {
  const path = join(folder, 'app-secret')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const secret = base64url(randomBytes(32))
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}
