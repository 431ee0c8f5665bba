import { describe, expect, it } from 'vitest'
import { DatabaseUnavailable } from '../../src/data/database.ts'
import type { Sql } from '../../src/data/database.ts'
import { gathered } from '../../src/data/gathered.ts'

type Call = { key: string; name: string }
const call = (name: string, key = name): Call => ({ name, key })

/** Statements that end when they are told to; `alone` ends at once. */
function work() {
  const statements: { names: string[]; end(fault?: unknown): Promise<void> }[] = []
  const alone: string[] = []
  const skipped = new Set<string>()
  const ask = gathered<Call, string>({
    keyOf: ({ key }) => key,
    together: (_, many) =>
      new Promise((resolve, reject) => {
        statements.push({
          names: many.map(({ name }) => name),
          async end(fault) {
            if (fault) reject(fault as Error)
            else {
              const done = many.filter(({ name }) => !skipped.has(name))
              resolve(new Map(done.map(({ key, name }) => [key, `${name} together`])))
            }
            await new Promise(setImmediate)
          },
        })
      }),
    alone: async (_, { name }) => {
      alone.push(name)
      if (name.startsWith('bad')) throw new Error(name)
      return `${name} alone`
    },
  })
  return { ask, statements, alone, skipped, sent: () => statements.map(({ names }) => names) }
}
const aPool = () => ({}) as Sql

describe('work for many callers', () => {
  it('goes at once when it comes alone', async () => {
    const { ask, statements } = work()
    const answer = ask(aPool(), call('a'))
    await statements[0]!.end()
    expect(await answer).toBe('a together')
  })

  it('goes together when it came while another was under way, each with its own answer', async () => {
    const { ask, statements, sent } = work()
    const pool = aPool()
    const answers = ['a', 'b', 'c'].map((name) => ask(pool, call(name)))
    expect(sent()).toEqual([['a']])
    await statements[0]!.end()
    expect(sent()).toEqual([['a'], ['b', 'c']])
    await statements[1]!.end()
    expect(await Promise.all(answers)).toEqual(['a together', 'b together', 'c together'])
  })

  it('goes alone at once where another has its key, under way or waiting', async () => {
    const { ask, statements, sent, alone } = work()
    const pool = aPool()
    const asked = [call('a1', 'a'), call('a2', 'a'), call('b1', 'b'), call('b2', 'b')]
    const answers = asked.map((one) => ask(pool, one))
    expect(alone).toEqual(['a2', 'b2'])
    await statements[0]!.end()
    await statements[1]!.end()
    expect(sent()).toEqual([['a1'], ['b1']])
    expect(await Promise.all(answers)).toEqual([
      'a1 together',
      'a2 alone',
      'b1 together',
      'b2 alone',
    ])
  })

  it('takes sixteen at most', async () => {
    const { ask, statements, sent } = work()
    const pool = aPool()
    for (let i = 0; i < 20; i++) void ask(pool, call(String(i)))
    for (let i = 0; i < 3; i++) await statements[i]!.end()
    expect(sent().map(({ length }) => length)).toEqual([1, 16, 3])
  })

  it('does one by one what a statement left out, or what failed with it', async () => {
    const { ask, statements, alone, skipped } = work()
    const pool = aPool()
    skipped.add('b')
    const answers = ['a', 'b', 'c', 'd'].map((name) => ask(pool, call(name)))
    await statements[0]!.end()
    await statements[1]!.end()
    expect(await Promise.all(answers.slice(0, 2))).toEqual(['a together', 'b alone'])
    expect(alone).toEqual(['b'])

    const late = Promise.allSettled(['e', 'bad', 'f'].map((name) => ask(pool, call(name))))
    await statements[2]!.end()
    await statements[3]!.end(new Error('one of them'))
    const outcomes = await late
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(alone).toEqual(['b', 'bad', 'f'])
  })

  it('fails for all when the database is away: what was committed is not known', async () => {
    const { ask, statements, alone } = work()
    const pool = aPool()
    const answers = Promise.allSettled(['a', 'b', 'c'].map((name) => ask(pool, call(name))))
    await statements[0]!.end()
    await statements[1]!.end(new DatabaseUnavailable('DEADLINE'))
    const outcomes = await answers
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(alone).toEqual([])
    void ask(pool, call('d'))
    expect(statements).toHaveLength(3)
  })

  it('waits for a statement that hangs for a moment only', async () => {
    const { ask, statements, sent } = work()
    const pool = aPool()
    const answers = [call('a'), call('b')].map((one) => ask(pool, one))
    await expect.poll(sent).toEqual([['a'], ['b']])
    await statements[1]!.end()
    expect(await answers[1]).toBe('b together')
    await statements[0]!.end()
    expect(await answers[0]).toBe('a together')
  })

  it('is gathered by the pool: where each request has its own, each goes alone', () => {
    const { ask, sent } = work()
    for (const name of ['a', 'b', 'c']) void ask(aPool(), call(name))
    expect(sent()).toEqual([['a'], ['b'], ['c']])
  })
})
