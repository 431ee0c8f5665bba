import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { diskStorage } from '../../src/storage/disk.ts'
import { inspectStored } from '../../src/storage/inspect.ts'
import type { StampRecipe } from '../../packages/pdf/stamp/recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'

/** What the shop says of a file that is sent to it. */
export type Look = {
  sizeBytes: number
  millis: number
  /** The most that this process has held so far. */
  memoryBytes: number
} & (
  | { ok: false; fault: string }
  | { ok: true; mediaType: string; pages: number | null; stamp: string }
)

const AWA = {
  line: 'Exemplaire personnel : Awa Traoré-Kéïta · +225 ••••••89 · commande 7K3M-94FT',
  order: '7K3M94FT',
  buyer: 'Awa Traoré-Kéïta',
  phone: '+225 ••••••89',
}

/** Checks a file as an upload is checked, and writes the copy of a buyer where it is stamped. */
export async function lookAt(path: string, stampedPath: string): Promise<Look> {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-look-'))
  try {
    await symlink(path, join(folder, 'file'))
    const { size: sizeBytes } = await stat(path)
    const start = performance.now()
    const look = inspectStored(diskStorage(folder))
    const verdict = await look({ key: 'file', sizeBytes, stamp: 'all' })
    const recipe = verdict.ok ? verdict.stamp?.recipe : undefined
    const tail = recipe && stampTail(JSON.parse(JSON.stringify(recipe)) as StampRecipe, AWA)
    const millis = performance.now() - start
    const memoryBytes = process.resourceUsage().maxRSS * 1024
    if (tail) {
      await pipeline(createReadStream(path), createWriteStream(stampedPath))
      await pipeline([tail], createWriteStream(stampedPath, { flags: 'a' }))
    }
    const figures = { sizeBytes, millis, memoryBytes }
    if (!verdict.ok) return { ...figures, ok: false, fault: verdict.fault }
    const { mediaType, pages, stamp } = verdict
    return { ...figures, ok: true, mediaType, pages, stamp: stamp ? (stamp.fault ?? 'all') : '' }
  } finally {
    await rm(folder, { recursive: true })
  }
}
