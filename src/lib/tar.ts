import { createTarPacker, unpackTar } from 'modern-tar'
import { utf8 } from './encoding.ts'

/** A tar is blocks: a header, the bytes of a file, zeros up to a whole block; two empty ones end it. */
export const TAR_BLOCK_BYTES = 512
export const TAR_END_BYTES = 2 * TAR_BLOCK_BYTES
/** Names that fit into one header block. */
const MAX_NAME = 100
const FILE_MODE = 0o600

export const tarPadding = (sizeBytes: number) =>
  (TAR_BLOCK_BYTES - (sizeBytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES

/** The block that announces a file. */
export async function tarHeader(name: string, sizeBytes: number, at: Date): Promise<Uint8Array> {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length >= MAX_NAME)
    throw new Error(`not a name: ${name}`)
  const { readable, controller } = createTarPacker()
  const reader = readable.getReader()
  const first = reader.read()
  // Only the header is wanted: its file is sent separately.
  const file = controller.add({ name, size: sizeBytes, type: 'file', mode: FILE_MODE, mtime: at })
  const { value } = await first
  await reader.cancel()
  await file.abort().catch(() => {})
  if (value?.length !== TAR_BLOCK_BYTES) throw new Error(`no header for ${name}`)
  return value
}

/**
 * The last file of a tar, given the tar's last bytes and its name: where its header begins counted
 * from the start of `tail`, and its bytes. Undefined: it is not there, or not whole. The file is text, in
 * which no block begins like a header: the last block that does is the only one to be looked at.
 */
export async function lastOfTar(
  tail: Uint8Array,
  name: string,
): Promise<{ at: number; bytes: Uint8Array } | undefined> {
  const mark = utf8(`${name}\0`)
  for (let at = tail.length - TAR_END_BYTES; at >= 0; at -= TAR_BLOCK_BYTES) {
    if (!mark.every((byte, i) => tail[at + i] === byte)) continue
    const found = await unpackTar(tail.subarray(at), { strict: true }).catch(() => [])
    const [only, ...others] = found
    const isWhole = only?.header.name === name && only.data?.length === only.header.size
    return isWhole && others.length === 0 ? { at, bytes: only.data! } : undefined
  }
  return undefined
}
