import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database, Pool } from '../../src/data/database.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'

describe.skipIf(!realPostgres)('a statement', () => {
  let database: TestDatabase
  let direct: Pool
  let opened: Database
  beforeAll(async () => {
    database = await testDatabase()
    direct = connectTo(database.url, { max: 2 })
    await direct`create table counters (id integer primary key, count integer not null)`
    await direct`insert into counters values (1, 0), (2, 0)`
    // One statement that takes its rows in the order that it is told.
    await direct
      .unsafe(
        `create function raise_both(first integer, second integer) returns void as $$
          begin
            update counters set count = count + 1 where id = first;
            perform pg_sleep(0.1);
            update counters set count = count + 1 where id = second;
          end $$ language plpgsql;
        create sequence asked;
        create function fail_once(state text) returns bigint as $$
          declare turn bigint := nextval('asked');
          begin
            update counters set count = count + 1 where id = 1;
            if turn % 2 = 1 then raise exception using errcode = state, message = 'undone'; end if;
            return turn;
          end $$ language plpgsql`,
      )
      .simple()
    opened = openDatabase(() => connectTo(database.url, { max: 2 }))
  })
  afterAll(async () => {
    await opened?.close()
    await direct?.end()
    await database?.drop()
  })

  const counts = async () =>
    (await direct`select count from counters order by id`).map(({ count }) => count as number)
  const startFrom0 = () => direct`update counters set count = 0`

  it('that loses a deadlock is sent once more, and both are done once', async () => {
    await startFrom0()
    const { sql } = opened
    await Promise.all([sql`select raise_both(1, 2)`, sql`select raise_both(2, 1)`])
    expect(await counts()).toEqual([2, 2])
  })

  it('that could not be put in a row with others is sent once more, with what it is made of', async () => {
    await startFrom0()
    const { sql } = opened
    const state = sql`${'40001'}::text`
    const [row] = await sql`select fail_once(${state}) > 0 as done where 1 in ${sql([1, 2])}`
    expect(row).toEqual({ done: true })
    expect(await counts()).toEqual([1, 0])
  })

  it('that fails in another way, or twice, is not', async () => {
    await startFrom0()
    const { sql } = opened
    await expect(sql`select fail_once('22012')`).rejects.toMatchObject({ code: '22012' })
    await direct`select nextval('asked')`
    const always = sql`select fail_once('40001'), fail_once('40001')`
    await expect(always).rejects.toMatchObject({ code: '40001' })
    expect(await counts()).toEqual([0, 0])
  })

  it('whose session was ended is not: nobody knows what became of it', async () => {
    await startFrom0()
    const { sql } = opened
    const waiting = sql`select pg_sleep(0.3), raise_both(1, 2)`.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
    const endSession = () => direct`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`
    await expect.poll(async () => (await endSession()).length).toBe(1)
    expect(await waiting).toBe('CONNECTION_CLOSED')
    expect(await counts()).toEqual([0, 0])
  })

  it('that meets a server which only reads by now finds the one that writes', async () => {
    await startFrom0()
    const readOnly = openDatabase(() => connectTo(database.url, { max: 1 }))
    await readOnly.sql`select set_config('default_transaction_read_only', 'on', false)`
    const isReadOnly = () => readOnly.sql`select current_setting('transaction_read_only') as now`
    expect(await isReadOnly()).toEqual([{ now: 'on' }])
    await readOnly.sql`update counters set count = 7 where id = 2`
    expect(await counts()).toEqual([0, 7])
    expect(await isReadOnly()).toEqual([{ now: 'off' }])
    await readOnly.close()
  })
})
