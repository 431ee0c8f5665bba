import { open } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { RangedSource } from '../../packages/ranged/source.ts'
import { inspectSource } from '../storage/inspect.ts'
import type { ToInspect } from '../storage/inspect.ts'

/** The entry of the thread that examines one stored file, started by `node/inspect.ts`. */
export type InspectOrder = { path: string; file: ToInspect }

const { path, file } = workerData as InspectOrder
const handle = await open(path)
/** Reads into the given buffer: the pieces of a stream would stay in memory until V8 collects them. */
const source: RangedSource = {
  sizeBytes: file.sizeBytes,
  async read(offset, length, room = new Uint8Array(length)) {
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await handle.read(room, filled, length - filled, offset + filled)
      if (bytesRead === 0) throw new Error(`the bytes are cut: ${filled} of ${length}`)
      filled += bytesRead
    }
    return room.subarray(0, length)
  },
}
const inspection = await inspectSource(source, file.stamp)
await handle.close()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
parentPort!.postMessage(inspection)
