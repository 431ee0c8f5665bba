import { readFile } from 'node:fs/promises'
import { readApi } from './goods.ts'
import { live } from './lives.ts'
import { emptyDatabase } from './world.ts'

/**
 * One run in a process of its own: `runner API SEED COUNT [DATABASE]`, its outcome on the last line.
 * DATABASE is a file that `emptyDatabase` was written to.
 */
const [api = 'v1', seed = '1', count = '100', database] = process.argv.slice(2)
if (database) void emptyDatabase(new Blob([await readFile(database)]))
const outcome = await live(readApi(api), Number(seed), Number(count), (done) =>
  process.send?.(done),
)
console.log(JSON.stringify(outcome))
process.exit(0)
