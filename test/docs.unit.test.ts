import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Variables } from '../src/config/variables.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const folders = '.github bench demonstration docs packages relay src test tools'.split(' ')
const files = ['.', ...folders.filter((folder) => existsSync(folder))].flatMap((folder) =>
  readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
    join(folder, name),
  ),
)
const pages = files.filter((file) => file.endsWith('.md'))

/** As GitHub makes them: small letters, no signs, hyphens for blanks. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!))

describe('what is written for people who read', () => {
  it.each(pages)('leads somewhere: %s', (page) => {
    const text = read(page).replaceAll(/^```[^]*?^```/gm, '')
    const lost = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^[a-z]+:|^\.\.\/security\/policy$/.test(link))
      .filter((link) => {
        const [path, anchor] = decodeURI(link).split('#')
        const target = path ? join(dirname(page), path) : page
        if (!existsSync(target)) return true
        return anchor !== undefined && !anchorsOf(read(target)).includes(anchor)
      })
    expect(lost).toEqual([])
  })

  const ours = /^(src|packages|tools|demonstration)\b/
  it.each(pages.filter((page) => ours.test(page)))('names files that exist: %s', (page) => {
    const named = [...read(page).matchAll(/`((?:[\w-]+\/)*[\w-]+\.tsx?)`/g)].map(
      ([, name]) => name!,
    )
    expect(named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual(
      [],
    )
  })

  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

  it.each(pages)('names commands that exist: %s', (page) => {
    const named = [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name!)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('tells of each command', () => {
    const told = read('docs/commands.md')
    const said = (name: string) =>
      [`npm run ${name}`, `npm ${name}`].some((it) => told.includes(`\`${it}`))
    expect(Object.keys(scripts).filter((name) => !said(name))).toEqual([])
  })

  it('tells of each setting', () => {
    const names = Object.keys(Variables.entries)
    for (const page of ['docs/settings.md', '.env.example'])
      expect(names.filter((name) => !read(page).includes(name))).toEqual([])
  })
})
