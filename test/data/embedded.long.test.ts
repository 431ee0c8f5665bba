import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedDatabase, openEmbedded } from '../../packages/pglite-for-postgres/embedded.ts'
import { lockFolder } from '../../packages/pglite-for-postgres/lock.ts'

let folder: string
let embedded: EmbeddedDatabase
const clients: postgres.Sql[] = []

function connect(options: postgres.Options<{}> = {}) {
  const sql = postgres({ ...embedded.options, onnotice() {}, ...options })
  clients.push(sql)
  return sql
}

const isUsed = (pid: number | undefined) =>
  `The folder ${folder} is already used by another process (pid ${pid}). Stop it, or set DATA_DIR to another folder.`

const socketOf = ({ options }: EmbeddedDatabase) => (options as { socket?: () => Duplex }).socket!()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosque-embedded-'))
  await mkdir(join(folder, 'postgres.new'))
  await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), 'left by a start that was killed')
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('connections that share the one backend', () => {
  beforeAll(async () => {
    embedded = await openEmbedded(folder)
  }, 60_000)
  beforeEach(async () => {
    await connect({ max: 1 })`drop table if exists notes, sold`
    await connect({ max: 1 })`create table notes (id int primary key, body text)`
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((sql) => sql.end({ timeout: 1 })))
  })
  afterAll(() => embedded.close())

  test('get each their own answers, through errors, transactions and savepoints', async () => {
    const sql = connect({ max: 20 })
    const deeds: ((i: number) => Promise<unknown>)[] = [
      async (i) => expect(await sql`select ${i}::int as n`).toEqual([{ n: i }]),
      async (i) => expect(await sql`select ${'é' + i} as s`).toEqual([{ s: `é${i}` }]),
      async (i) => expect(await sql.unsafe(`select ${i} as n`)).toEqual([{ n: i }]),
      async (i) => expect(sql`select ${i}::int / 0 as n`).rejects.toThrow('division by zero'),
      async (i) => {
        const rows = await sql`insert into notes values (${i}, ${String(i)}) returning id`
        expect(rows).toEqual([{ id: i }])
      },
      (i) =>
        sql.begin(async (sql) => {
          await sql`insert into notes values (${i}, 'kept')`
          await expect(
            sql.savepoint((sql) => sql`insert into notes values (${i}, 'again')`),
          ).rejects.toThrow('duplicate key')
          expect(await sql`select body from notes where id = ${i}`).toEqual([{ body: 'kept' }])
        }),
    ]
    const each = Array.from({ length: 1800 }, (_, i) => deeds[i % deeds.length]!(i))
    await Promise.all(each)
    expect(await sql`select count(*)::int as n from notes`).toEqual([{ n: 600 }])
  })

  test('prepare statements, and leave none behind', async () => {
    const left = async () =>
      (await connect({ max: 1 })`select name from pg_prepared_statements`).length
    const before = await left()
    const sql = connect({ max: 1, fetch_types: false })
    for (let n = 0; n < 3; n++) expect(await sql`select ${n}::int as n`).toEqual([{ n }])
    expect(await sql`select ${1}::int as n`.describe()).toMatchObject({ types: [23] })
    expect(await sql`select name from pg_prepared_statements`).not.toHaveLength(before)
    await sql.end()
    await Promise.all(clients.splice(0).map((sql) => sql.end()))
    expect(await left()).toBeLessThanOrEqual(before)
  })

  test('see their transactions rolled back when something in the middle fails', async () => {
    const sql = connect()
    const failing = sql.begin(async (sql) => {
      await sql`insert into notes values (1, 'lost')`
      await sql`select 1 / 0`
    })
    await expect(failing).rejects.toThrow('division by zero')
    expect(await sql`select * from notes`).toEqual([])
  })

  test('lose nothing to a client that vanishes in the middle of a transaction', async () => {
    const sql = connect()
    let line: Duplex | undefined
    const watched = { max: 1, socket: () => (line = socketOf(embedded)) }
    const vanishing = connect(watched)
    await vanishing`begin`
    await vanishing`insert into notes values (1, 'half')`
    const waiting = sql`select * from notes`
    line?.destroy()
    expect(await waiting).toEqual([])
  })

  test('are not stopped by a client that vanishes in the middle of a message', async () => {
    const line = socketOf(embedded)
    line.write(Buffer.from('\0\0\0\x17\0\x03\0\0user\0postgres\0\0', 'latin1'))
    await once(line, 'data')
    // Parse, without the Sync that would end it, and half of what comes next.
    line.write(Buffer.from('P\0\0\0\x11\0select 1\0\0\0B\0', 'latin1'))
    const waiting = connect()`select 1 as n`
    line.destroy()
    expect(await waiting).toEqual([{ n: 1 }])
  })

  test('carry three megabytes there and back', async () => {
    const text = 'é'.repeat(1_500_000)
    const [row] = await connect()<{ text: string }[]>`select ${text} as text`
    expect(row?.text === text).toBe(true)
  })

  test('hear each other’s notifications', async () => {
    const heard: string[] = []
    await connect().listen('sales', (body) => void heard.push(body))
    await connect().notify('sales', 'one book')
    await expect.poll(() => heard).toEqual(['one book'])
  })

  test('understand for update skip locked, cursors and arrays', async () => {
    const sql = connect()
    await sql`insert into notes select n, 'note' from generate_series(1, 50) n`
    const due = sql`select id from notes order by id limit 1 for update skip locked`
    expect(await sql`delete from notes where id in (${due}) returning id`).toEqual([{ id: 1 }])
    const sizes: number[] = []
    await sql`select id from notes`.cursor(20, (rows) => void sizes.push(rows.length))
    expect(sizes).toEqual([20, 20, 9])
    expect(await sql`select ${sql.array([1, 2])}::int[] as n`).toEqual([{ n: [1, 2] }])
  })

  test('are told that COPY FROM STDIN does not work, and go on', async () => {
    const sql = connect()
    await expect(sql`copy notes from stdin`.simple()).rejects.toThrow('does not work')
    await expect(sql`copy notes from stdin`).rejects.toThrow('does not work')
    expect(await sql`select 1 as n`).toEqual([{ n: 1 }])
  })

  test('may come by TCP, with the password of the address', async () => {
    const bridge = await embedded.listen()
    const outside = postgres(bridge.url, { max: 10 })
    const inside = connect()
    const asked = Array.from({ length: 400 }, async (_, n) => {
      expect(await (n % 2 ? inside : outside)`select ${n}::int as n`).toEqual([{ n }])
    })
    await Promise.all(asked)
    await outside.end()
    const stranger = postgres(bridge.url.replace(/:[0-9a-f]+@/, ':guess@'), { max: 1 })
    await expect(stranger`select 1`).rejects.toThrow('The password is wrong.')
    await stranger.end()
    await bridge.close()
  })
})

describe('the folder', () => {
  const holders: ChildProcess[] = []

  function holdElsewhere() {
    const script = 'test/support/hold-folder.ts'
    const holder = spawn(process.execPath, ['--import', 'tsx', script, folder])
    holders.push(holder)
    return holder
  }

  afterEach(() => {
    for (const holder of holders.splice(0)) holder.kill('SIGKILL')
  })

  test('keeps what was written, and shows who holds it', async () => {
    embedded = await openEmbedded(folder)
    await connect()`create table kept (body text)`
    await connect()`insert into kept values ('still here')`
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain(`pid ${process.pid},`)
    await embedded.close()
    await expect(stat(join(folder, 'lock'))).rejects.toThrow('ENOENT')
    embedded = await openEmbedded(folder)
    expect(await connect()`select body from kept`).toEqual([{ body: 'still here' }])
    await embedded.close()
  })

  test('refuses a second process, in one sentence', async () => {
    embedded = await openEmbedded(folder)
    await expect(openEmbedded(folder)).rejects.toThrow(isUsed(process.pid))
    const second = holdElsewhere()
    const said: Buffer[] = []
    second.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    expect(await once(second, 'close')).toEqual([1, null])
    expect(Buffer.concat(said).toString()).toBe(`${isUsed(process.pid)}\n`)
    await embedded.close()
  })

  test('opens after a kill -9 of its holder, with all that was acknowledged', async () => {
    const holder = holdElsewhere()
    let last = 0
    await new Promise<void>((busy) => {
      holder.stdout.on('data', (text: Buffer) => {
        last = Number(/sold (\d+)\n$/.exec(text.toString())?.[1] ?? last)
        if (last > 100) busy()
      })
    })
    await expect(openEmbedded(folder)).rejects.toThrow(isUsed(holder.pid))
    holder.kill('SIGKILL')
    await once(holder, 'close')
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain(`pid ${holder.pid},`)
    embedded = await openEmbedded(folder)
    const [sold] = await connect()<{ n: number }[]>`select count(*)::int as n from sold`
    expect(sold?.n).toBeGreaterThanOrEqual(last)
    await embedded.close()
  })

  test('is guarded by the lock file alone where there are no abstract sockets', async () => {
    const letGo = await lockFolder(folder, 'darwin')
    await expect(lockFolder(folder, 'darwin')).rejects.toThrow(isUsed(process.pid))
    await letGo()
    await writeFile(join(folder, 'lock'), `pid ${process.ppid}, since yesterday\n`)
    await expect(lockFolder(folder, 'darwin')).rejects.toThrow(isUsed(process.ppid))
    const dead = spawn(process.execPath, ['--version'])
    await once(dead, 'close')
    await writeFile(join(folder, 'lock'), `pid ${dead.pid}, since yesterday\n`)
    await (
      await lockFolder(folder, 'darwin')
    )()
  })
})
