import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { addArrival, forgetStoppedImports } from '../data/archive/unpacking.ts'
import { findBackup } from '../data/archive/archives.ts'
import type { Arrived, Made, Backup } from '../data/archive/archives.ts'
import { verifyLedger } from '../doctor/ledger.ts'
import { withSetting } from './installer/env-file.ts'
import { hex, randomBytes, randomToken } from '../lib/encoding.ts'
import { seal, unseal } from '../lib/sealed.ts'
import type { Progress } from './node/progress.ts'
import type { Shop } from '../contracts/shop.ts'
import type { Archive } from '../backup/archive.ts'
import { dropBackup } from '../backup/backup.ts'
import { openBackup } from '../backup/open.ts'
import { beginBackup } from '../backup/pack.ts'
import { beginUnpacking } from '../backup/unpack.ts'
import type { ImportFault } from '../backup/unpack.ts'
import { isUnderWay, workOnBackup } from '../backup/work.ts'

const MIN_PASSPHRASE = 12
/** Between two looks at the progress. */
const TURN_MS = 200
const MB = 1_000_000

const sentences: Record<ImportFault | 'full' | 'failed', string> = {
  'not-a-suitcase': 'This file is no suitcase of Kiosque, or it was cut: download it again.',
  'not-empty': 'This shop is not empty: a suitcase is unpacked in an empty shop only.',
  'other-schema':
    'This suitcase comes from another version of Kiosque. Install the same version on both sides.',
  'other-secret':
    'APP_SECRET is not the suitcase’s: links that were sold would not open. Set the same APP_SECRET, or give the suitcase’s passphrase in SUITCASE_PASSPHRASE.',
  damaged: 'A file of the suitcase is damaged: nothing was imported. Download it again.',
  'files-missing':
    'This suitcase is without the books, and they are not in this shop’s storage. Take the one with the books; if they are lost, add --without-files.',
  'rows-refused':
    'The database refused the rows: nothing was imported. The log line above says why.',
  full: 'There is no room left. Make some, and run the same command again.',
  failed: 'A step failed; the log line above says why. Run the same command again.',
}

type Given = { path: string; withoutFiles: boolean; passphrase: string | undefined }

/**
 * The arguments after the command; prints a sentence and returns undefined when they are not
 * understood.
 */
function read(command: 'export' | 'import'): Given | undefined {
  const passphrase = process.env['SUITCASE_PASSPHRASE']
  try {
    const { positionals, values } = parseArgs({
      args: process.argv.slice(3),
      allowPositionals: true,
      options: { 'without-files': { type: 'boolean', default: false } },
    })
    const [path, ...others] = positionals
    if (path !== undefined && others.length === 0)
      return { path: resolve(path), withoutFiles: values['without-files'], passphrase }
  } catch {
    // Reported below, in our own words.
  }
  console.error(`Write it so: npm run ${command} -- suitcase.tar [--without-files]`)
  process.exitCode = 2
  return undefined
}

/** For the person at the terminal, and for scripts that read the exit code. */
export function fail(sentence: string) {
  console.error(sentence)
  process.exitCode = 1
}

/** Writes the whole shop into one file, which gets its name once it is complete. */
export async function exportShop(shop: Shop, progress: Progress): Promise<void> {
  const given = read('export')
  if (!given) return
  const { path, withoutFiles, passphrase } = given
  if (existsSync(path)) return fail(`${path} is there already: choose another name.`)
  if (passphrase !== undefined && passphrase.length < MIN_PASSPHRASE)
    return fail(`SUITCASE_PASSPHRASE is too short: at least ${MIN_PASSPHRASE} characters.`)
  const sealed = passphrase === undefined ? null : await seal(shop.config.appSecret, passphrase)
  console.log('Reading every order, each at one moment…')
  const id = await beginBackup(shop, { kind: 'export', sealed })
  const made = await work(shop, id, ({ state }) => console.log(`${state}…`))
  if (made?.state !== 'ready') return fail(sentences.failed)

  const { layout, read: bytes } = await openBackup(shop, made as Made, !withoutFiles)
  const tell = progress('MB')
  const draft = `${path}.part`
  const file = await open(draft, 'w', 0o600)
  try {
    let written = 0
    for await (const piece of bytes({ offset: 0, length: layout.sizeBytes })) {
      await file.appendFile(piece)
      written += piece.length
      tell(Math.round(written / MB), Math.round(layout.sizeBytes / MB))
    }
    await file.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await dropBackup(shop, made)
  const { missing } = (made as Made).contents
  console.log(`${path} is whole: ${layout.sizeBytes} bytes.`)
  if (missing.length > 0)
    console.log(`Not in it, because not in the storage: ${missing.join(', ')}`)
  console.log(
    sealed
      ? 'APP_SECRET is inside, under your passphrase.'
      : 'APP_SECRET is not inside: the new shop needs the same one.',
  )
}

/**
 * Restores an archive into an empty shop: all of it or nothing. If it is killed, the same command
 * starts again.
 */
export async function importShop(opened: Shop, progress: Progress): Promise<void> {
  const given = read('import')
  if (!given) return
  const found = await stat(given.path).catch(() => undefined)
  if (!found?.isFile()) return fail(`There is no file ${given.path}.`)
  const archive = archiveAt(given.path, found.size)
  let shop = opened
  await forgetStoppedImports(shop.sql)
  const id = await arrive(shop, archive, given.withoutFiles)
  let verdict = await beginUnpacking(shop, (await findBackup(shop.sql, id)) as Arrived, archive)
  if (!verdict.ok && verdict.fault === 'other-secret' && given.passphrase !== undefined) {
    const sealed = verdict.manifest?.sealed
    const secret = sealed && (await unseal(sealed, given.passphrase))
    if (!secret) return fail('SUITCASE_PASSPHRASE does not open the secret of this suitcase.')
    if (!(await keepSecret(secret))) return
    shop = { ...shop, config: { ...shop.config, appSecret: secret } }
    verdict = await beginUnpacking(shop, (await findBackup(shop.sql, id)) as Arrived, archive)
  }
  if (!verdict.ok) return fail(sentences[verdict.fault])

  const { rows, files } = verdict.manifest
  const counts = {
    checking: rows.length + files.length,
    copying: files.length,
    staging: rows.length,
    publishing: rows.length,
  }
  const tells: Record<string, ReturnType<Progress>> = {
    checking: progress('files checked'),
    copying: progress('books and covers copied'),
    staging: progress('parts of tables read'),
    publishing: progress('parts of tables put in place'),
  }
  const done = await work(
    shop,
    id,
    ({ state, next }) => tells[state]?.(next, counts[state as keyof typeof counts]),
    archive,
  )
  if (done?.state !== 'done')
    return fail(sentences[(done?.fault ?? 'failed') as keyof typeof sentences])
  const { lines, orders, faults } = await verifyLedger(shop.sql)
  if (faults.length > 0)
    return fail(
      `The ledger of ${faults.length} orders is not as it was written: npm run doctor -- --ledger`,
    )
  console.log(
    `The shop is unpacked: ${orders} orders, ${lines} ledger lines, as they were written.`,
  )
  console.log('Sign in with the account of before. Passkeys work if the address is the same.')
}

async function arrive(shop: Shop, { sizeBytes }: Archive, withoutFiles: boolean): Promise<string> {
  const id = randomToken()
  const storageKey = `imports/${hex(randomBytes(16))}.tar`
  const nowhere = { storageKey, storageUpload: null, pieceBytes: null }
  await addArrival(shop.sql, { id, ...nowhere, sizeBytes, withoutFiles }, shop.now())
  return id
}

/** Works on a backup until it is done or a step fails. */
async function work(
  shop: Shop,
  id: string,
  tell: (backup: Backup) => void,
  archive?: Archive,
): Promise<Backup | undefined> {
  let told: string | undefined
  for (;;) {
    const backup = await findBackup(shop.sql, id)
    if (!backup || !isUnderWay(backup) || backup.fault !== null) return backup
    const seen = backup.kind === 'import' ? `${backup.state} ${backup.next}` : backup.state
    if (seen !== told) tell(backup)
    told = seen
    const turn = { only: id, forMs: TURN_MS, ...(archive && { archive }) }
    // Another process works on it, perhaps for a visitor of this shop: wait for its turn to end.
    if (!(await workOnBackup(shop, turn))) await new Promise((done) => setTimeout(done, TURN_MS))
  }
}

function archiveAt(path: string, sizeBytes: number): Archive {
  return {
    sizeBytes,
    read: async (offset, length) =>
      Readable.toWeb(
        createReadStream(path, { start: offset, end: offset + length - 1 }),
      ) as ReadableStream<Uint8Array>,
  }
}

/**
 * Writes it to `.env`, where the shop reads it at its start. False, after a sentence: that cannot
 * be done.
 */
async function keepSecret(secret: string): Promise<boolean> {
  if (process.env['APP_SECRET'] !== undefined) {
    fail(
      'APP_SECRET is set in the environment, to another value: take it away there, and run this again. The suitcase’s own is then written into .env.',
    )
    return false
  }
  const text = existsSync('.env') ? readFileSync('.env', 'utf8') : ''
  const changed = withSetting(text, 'APP_SECRET', secret)
  if (changed === undefined) {
    fail(
      'APP_SECRET of the suitcase holds signs that no .env can hold: copy it from the shop that it comes from into the environment, and run this again.',
    )
    return false
  }
  await writeFile('.env.new', changed, { mode: 0o600 })
  await rename('.env.new', '.env')
  console.log('APP_SECRET of the suitcase is written into .env.')
  return true
}
