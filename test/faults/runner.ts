import { readApi } from './goods.ts'
import { live } from './lives.ts'

/** One run in a process of its own: `runner API SEED COUNT`, its outcome on the last line. */
const [api = 'v1', seed = '1', count = '100'] = process.argv.slice(2)
const outcome = await live(readApi(api), Number(seed), Number(count), (done) =>
  process.send?.(done),
)
console.log(JSON.stringify(outcome))
process.exit(0)
