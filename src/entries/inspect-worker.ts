import { parentPort, workerData } from 'node:worker_threads'
import { diskStorage } from '../storage/disk.ts'
import { inspectStored } from '../storage/inspect.ts'
import type { ToInspect } from '../storage/inspect.ts'

/** The entry of the thread that looks at one stored file, for `node/inspect.ts`. */
export type InspectOrder = { folder: string; file: ToInspect }

const { folder, file } = workerData as InspectOrder
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
parentPort!.postMessage(await inspectStored(diskStorage(folder))(file))
