import { randomToken, utf8 } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import { StorageClosed, StorageFull, StorageUnavailable } from '../../storage/storage.ts'
import { absolute } from '../../links/addresses.ts'
import { ask } from '../ask.ts'
import { well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/**
 * Writes a file with a word of its own, reads it back, looks for that word from outside, and
 * deletes the file.
 */
export async function storage(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { files } = shop
  const { name, ...says } = words.storage
  const key = `probe/${crypto.randomUUID()}.txt`
  const word = randomToken()
  try {
    const bytes = utf8(word)
    await files.put(key, new Blob([bytes]).stream(), bytes.length)
    const read = await readText(shop, key)
    const isPrivate = await privacy(shop, { key, word }, words)
    await files.remove(key)
    const isGone = (await readText(shop, key)) === undefined
    return [read === word && isGone ? well(name, says.well) : wrong(name, says.wrong), ...isPrivate]
  } catch (error) {
    shop.log('doctor.storage', { error: error instanceof Error ? error.message : 'unknown' })
    await files.remove(key).catch(() => {})
    const bucket = [error, (error as Error | null)?.cause].find(
      (fault) => fault instanceof StorageUnavailable,
    )
    if (bucket) return [wrong(name, says.bucket(bucket.code))]
    if (error instanceof StorageFull) return [wrong(name, says.full)]
    return [wrong(name, error instanceof StorageClosed ? says.closed : says.wrong)]
  }
}

async function readText({ files }: Shop, key: string): Promise<string | undefined> {
  const object = await files.read(key)
  return object && new Response(object.body).text()
}

type Planted = { key: string; word: string }

/**
 * What a mistake in the host's panel exposes: the application's folder, or its data, served as the
 * public folder.
 */
async function privacy(shop: Shop, planted: Planted, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.privacy
  const asked = await Promise.all([
    ...placesOf(shop.config.dataDir, planted.key).map(async (path) => {
      const text = await textAt(shop, path)
      return { path, text, isOpen: text?.includes(planted.word), fault: says.open }
    }),
    ...['/.env', '/app/.env'].map(async (path) => {
      const text = await textAt(shop, path)
      return { path, text, isOpen: text && SETTINGS.test(text), fault: says.environment }
    }),
  ])
  const open = asked.find(({ isOpen }) => isOpen)
  if (open) return [wrong(name, open.fault(absolute(shop.config, open.path)))]
  // Where nobody answers, nothing was seen: the address has its own line.
  return asked.every(({ text }) => text === undefined) ? [] : [well(name, says.well)]
}

const SETTINGS = /^(?:APP_SECRET|DATABASE_URL|CINETPAY_API_KEY)\s*=/m
const MAX_PLACES = 4

/** The ends of the folder's path, since any folder above may be the public one. */
function placesOf(dataDir: string, key: string): string[] {
  const folders = ['files', ...dataDir.split(/[/\\]+/).reverse()].filter(
    (folder) => folder !== '' && folder !== '.' && folder !== '..',
  )
  return folders.slice(0, MAX_PLACES).map(
    (_, i) =>
      `/${folders
        .slice(0, i + 1)
        .toReversed()
        .join('/')}/${key}`,
  )
}

async function textAt(shop: Shop, path: string): Promise<string | undefined> {
  const answer = await ask(shop, absolute(shop.config, encodeURI(path)))
  return answer.kind === 'answered' ? answer.text : undefined
}
