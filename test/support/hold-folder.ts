/** Opens the embedded database of a folder, writes to it for ever, and says so: to be killed. */
import postgres from 'postgres'
import { openEmbedded } from '../../packages/pglite-for-postgres/embedded.ts'

async function hold(folder: string) {
  const embedded = await openEmbedded(folder)
  const sql = postgres({ ...embedded.options, onnotice() {} })
  await sql`create table if not exists sold (id int generated always as identity)`
  for (;;) {
    const [row] = await sql`insert into sold default values returning id`
    process.stdout.write(`sold ${row?.id}\n`)
  }
}

hold(process.argv[2]!).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
