import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCluster } from '../support/cluster.ts'
import type { Cluster } from '../support/cluster.ts'
import { realPostgres } from '../support/postgres.ts'

// The driver (3.4.9) is known to end the process, or to wait for ever, when a backend dies inside
// one of its transactions. The shop has none: one statement at a time, each with a deadline, and
// a pool that is thrown away past it. This is the proof that it is enough, with no patch.
describe.skipIf(!realPostgres)('a process that writes', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = (await startCluster({ durable: true }))!
    await ask((sql) => sql`create table written (id uuid primary key, worker integer)`)
  })
  afterAll(() => cluster?.stop())

  async function ask<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(cluster.url('postgres'), { max: 1, onnotice() {} })
    try {
      return await question(sql)
    } finally {
      await sql.end()
    }
  }

  /** Runs the writer while `trouble` lasts; what it says of itself, and what it was promised. */
  async function write(trouble: () => Promise<void>) {
    const writer = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/faults/writer.ts', cluster.url('postgres')],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    )
    let promised = ''
    let report = ''
    writer.stdout.on('data', (data) => (promised += data))
    writer.stderr.on('data', (data) => (report += data))
    const ended = once(writer, 'exit')
    await pause(1_500)
    await trouble()
    await pause(1_500)
    writer.stdin.write('stop\n')
    const [code] = (await ended) as [number | null]
    const ids = promised.trim().split('\n')
    const rows = await ask((sql) => sql<{ id: string }[]>`select id from written`)
    const there = new Set(rows.map(({ id }) => id))
    type Report = { slowestMs: number; uncaught: string[]; refused: number }
    return {
      code,
      ids,
      missing: ids.filter((id) => !there.has(id)),
      ...(JSON.parse(report) as Report),
    }
  }

  it('survives 200 killed backends: no exit, no hang, nothing acknowledged lost', async () => {
    const seen = await write(() =>
      ask(async (sql) => {
        for (let i = 0; i < 200; i++) {
          await sql`
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where application_name = 'kiosque'
            order by random()
            limit 1`
          await pause(20)
        }
      }),
    )
    expect(seen).toMatchObject({ code: 0, uncaught: [], missing: [] })
    expect(seen.refused).toBeGreaterThan(50)
    expect(seen.ids.length).toBeGreaterThan(1_000)
    expect(seen.slowestMs).toBeLessThan(10_000)
  }, 60_000)

  it('survives 20 crashes of the server in the same way', async () => {
    const seen = await write(async () => {
      for (let i = 0; i < 20; i++) {
        await cluster.restart('immediate')
        await pause(200)
      }
    })
    expect(seen).toMatchObject({ code: 0, uncaught: [], missing: [] })
    expect(seen.refused).toBeGreaterThan(50)
    expect(seen.ids.length).toBeGreaterThan(1_000)
    expect(seen.slowestMs).toBeLessThan(10_000)
  }, 60_000)
})
