import { bytesSource } from '../../packages/pdf/source.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'

/** How many pages there are, and on how many the stamp is, or why it is not; else why it is refused. */
export async function told(pdf: string): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(pdf, 'latin1'))
  const found = await inspectFile(bytesSource(bytes), 'all')
  if (!found.ok) return found.detail === undefined ? found.fault : `${found.fault} ${found.detail}`
  return `${found.pages} ${found.stamp!.recipe?.stamped ?? found.stamp!.fault}`
}
