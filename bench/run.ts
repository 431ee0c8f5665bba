import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { downloads } from './downloads.ts'
import { growth } from './growth.ts'
import { pages } from './pages.ts'
import { peers } from './peers.ts'
import { isMissed, outOfReach, tableOf } from './rows.ts'
import type { Options, Row } from './rows.ts'
import { sales } from './sales.ts'
import { openStage } from './stage.ts'
import { starts } from './starts.ts'
import type { Stage } from './stage.ts'
import { workers } from './workers.ts'

/**
 * `npm run bench`: the built server beside its floors, on one PostgreSQL; one table. With
 * `--check`, a goal that is missed ends it with 1. See README.md in this folder.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
    grown: { type: 'string', default: '1000000' },
  },
})
const parts: Record<string, (stage: Stage, options: Options) => Promise<Row[]>> = {
  pages,
  sales,
  peers,
  downloads,
  starts,
  workers,
  growth,
}
const chosen = values.only ? values.only.split(',') : Object.keys(parts)
const options = {
  rounds: Number(values.rounds),
  scale: Number(values.scale),
  grown: Number(values.grown),
}

const stage = await openStage()
const rows: Row[] = []
try {
  for (const name of chosen) {
    process.stderr.write(`${name} …\n`)
    rows.push(...(await parts[name]!(stage, options)))
  }
} finally {
  await stage.close()
}
console.log(
  `Node ${process.version}, PostgreSQL ${stage.version}, ${cpus().length} × ${cpus()[0]!.model}`,
)
console.log(tableOf(rows))
for (const sentence of outOfReach(rows)) console.log(sentence)
const missed = rows.filter(isMissed)
for (const { what } of missed) console.log(`Missed: ${what}`)
process.exit(values.check && missed.length > 0 ? 1 : 0)
