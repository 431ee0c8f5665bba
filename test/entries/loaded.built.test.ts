import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { built } from '../support/built.ts'

/** What the start of a built program loads, its own files followed, packages named. */
function loadedBy(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  const text = readFileSync(built(entry), 'utf8')
  for (const [, from] of text.matchAll(/^(?:import|export) ?(?:[^'"()]*? from )?"([^"]+)";$/gm))
    if (from!.startsWith('./')) loadedBy(from!.slice(2), seen)
    else seen.add(from!)
  return seen
}

const HEAVY = ['@electric-sql/pglite', 'nodemailer', 'miniflare']

it.each(['node.mjs', 'cli.mjs'])('%s starts without what only some shops need', (entry) => {
  const loaded = loadedBy(entry)
  expect(loaded).toContain('node:http')
  expect(HEAVY.filter((name) => loaded.has(name))).toEqual([])
})
