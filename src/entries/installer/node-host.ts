import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { readConfig } from '../../config/config.ts'
import { connectTo, DatabaseUnavailable, openDatabase } from '../../data/database.ts'
import { lookAround } from '../../data/install.ts'
import { hasOwner } from '../../data/people/people.ts'
import { describeError } from '../../lib/log.ts'
import type { Log } from '../../lib/log.ts'
import type { Fetch } from '../../lib/outbound.ts'
import { isUpToDate } from '../migrations.ts'
import { openNodeShop } from '../node/shop.ts'
import { askForRestart } from '../node/restart.ts'
import { addressSeen } from '../../payment/address-seen.ts'
import { API_URLS } from '../../config/cinetpay-generation.ts'
import { realProvider } from '../../payment/real-provider.ts'
import { relayOf } from '../../config/relay.ts'
import { throughRelay } from '../../payment/relay.ts'
import type { Shop } from '../../contracts/shop.ts'
import { newCode } from './code.ts'
import { envFile } from './env-file.ts'
import type { DatabaseLook, Draft, Host } from './host.ts'
import {
  SEEN_FOLDER_MODE,
  faultOfFolder,
  readText,
  replaceFile,
  writeNew,
} from '../../lib/safe-files.ts'

const CODE_FILE = 'code-installation.txt'
/** A database that does not answer within this time counts as unreachable. */
const LOOK_MS = 8_000
const PROBE_MS = 5_000
/** The names that hosts give to the public folder. */
const PUBLIC_FOLDER = /^(public_html|www|htdocs|httpdocs|public)$/

type Parts = {
  root: string
  environment: Host['environment']
  log: Log
  fetch: Fetch
  now: () => Date
}

/** The machine as Node sees it, without the parts that belong to one visit. */
export function nodeHost(parts: Parts): Omit<Host, 'visit'> {
  const { root, environment, log, now } = parts
  const dataDir = resolve(root, environment['DATA_DIR'] || 'data')
  const at = (name: string) => join(dataDir, name)
  const codeFile = at(CODE_FILE)
  const draftFile = at('installation.json')
  let opened: { key: string; shop: Promise<Shop> } | undefined

  return {
    root,
    environment,
    log,
    isFinished: () => isConfigured(root, environment),

    async look() {
      const publicFolder = root.split('/').find((name) => PUBLIC_FOLDER.test(name))
      return {
        nodeVersion: process.versions.node,
        unwritable: [
          faultOfFolder(dataDir),
          faultOfFolder(join(root, 'tmp'), SEEN_FOLDER_MODE),
          faultOfFolder(root),
        ].filter((fault) => fault !== undefined),
        freeBytes: freeBytes(root),
        publicFolder,
      }
    },

    async secret() {
      const text = () => /^[0-9A-Z]{4}(?:-[0-9A-Z]{4})+$/m.exec(readText(codeFile) ?? '')?.[0]
      if (!text()) {
        rmSync(codeFile, { force: true })
        writeNew(codeFile, `${ABOUT_CODE}\n\n${newCode()}\n`)
      }
      return { code: text()!, file: codeFile }
    },

    readDraft: async () => JSON.parse(readText(draftFile) || '{}') as Draft,
    saveDraft: async (draft) => replaceFile(draftFile, JSON.stringify(draft)),

    tryDatabase: (url) => tryDatabase(url, log, now),

    seenAs() {
      const call = throughRelay(relayOf(environment), parts.fetch)
      return addressSeen(call, environment['CINETPAY_API_URL'] || API_URLS.v1)
    },

    async tryKeys(draft) {
      const reading = readConfig({ ...draft, ...given(environment) })
      // A setting that is wrong by itself is reported elsewhere.
      if (!reading.ok || !reading.config.cinetpay) return undefined
      const answer = await realProvider(reading.config.cinetpay, parts.fetch, now).probe()
      log('provider.probed', { kind: answer.kind })
      return answer
    },

    async isDataPublic(origin) {
      const name = `visible-${crypto.randomUUID()}.txt`
      const addresses = new Set([`data/${name}`, `${basename(root)}/data/${name}`])
      writeFileSync(at(name), name)
      try {
        const found = await Promise.all(
          [...addresses].map((address) => fetches(parts.fetch, `${origin}/${address}`, name)),
        )
        return found.includes(true)
      } finally {
        rmSync(at(name), { force: true })
      }
    },

    openShop(draft) {
      const settings = { ...draft, ...given(environment) }
      const key = JSON.stringify(settings)
      if (opened?.key !== key) {
        const shop = open(settings, dataDir)
        opened = { key, shop }
        shop.catch(() => (opened = undefined))
      }
      return opened!.shop
    },

    async finish(draft) {
      if (faultOfFolder(root)) return 'unwritable'
      const text = envFile(draft)
      if (text === undefined) return 'unwritable'
      const isFirst = writeNew(join(root, '.env'), text)
      log('shop.installed', { isFirst })
      tidyUp(dataDir)
      askForRestart(root)
      return isFirst ? 'written' : 'taken'
    },
  }
}

async function open(settings: Record<string, string | undefined>, dataDir: string): Promise<Shop> {
  const reading = readConfig(settings)
  if (!reading.ok) throw new Error(reading.faults.join(' '))
  const { shop, close } = await openNodeShop({ ...reading.config, dataDir })
  if (await isUpToDate(shop.sql)) return shop
  await close()
  throw new DatabaseUnavailable('AWAY')
}

const given = (environment: Host['environment']) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value))

/** There is an installer only until then. */
export function isConfigured(root: string, environment: Host['environment']): boolean {
  if (environment['DATABASE_URL']) return true
  if (existsSync(join(root, '.env'))) return true
  // Even if the settings are gone: a shop lived here, and nobody may take it over.
  const dataDir = resolve(root, environment['DATA_DIR'] || 'data')
  return existsSync(join(dataDir, 'shop.json')) || holdsFiles(join(dataDir, 'files'))
}

function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => !name.startsWith('.'))
  } catch {
    return false
  }
}

export function settingsOf(root: string, environment: Host['environment']) {
  return { ...parseEnv(readText(join(root, '.env')) ?? ''), ...environment }
}

/** Deletes what the installer kept; its code opens nothing any more. */
export function tidyUp(dataDir: string): void {
  for (const name of [CODE_FILE, 'installation.json']) rmSync(join(dataDir, name), { force: true })
}

function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

async function tryDatabase(url: string, log: Log, now: () => Date): Promise<DatabaseLook> {
  const database = openDatabase(() => connectTo(url, { max: 1 }), LOOK_MS)
  try {
    const { time, isShop, isUsed, ...look } = await lookAround(database.sql)
    const aheadMs = time.getTime() - now().getTime()
    const isOwned = isShop && (await hasOwner(database.sql))
    const holds = isShop ? 'shop' : isUsed ? 'other' : 'nothing'
    return { kind: 'works', ...look, holds, hasOwner: isOwned, aheadMs }
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? 'UNKNOWN')
    log('database.refused', describeError(error))
    return { kind: 'unreachable', code }
  } finally {
    await database.close().catch(() => {})
  }
}

async function fetches(fetch: Parts['fetch'], address: string, text: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_MS)
    const answer = await fetch(new Request(address, { signal, redirect: 'manual' }))
    return (await answer.text()).includes(text)
  } catch {
    // Not reachable from here, so nothing was learnt; the doctor checks again later.
    return false
  }
}

const ABOUT_CODE = `Le code qui ouvre l’installation de la boutique. Ne le donnez à personne.
The code that opens the shop's installer. Give it to nobody.`
