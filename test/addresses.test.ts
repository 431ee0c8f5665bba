import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { route } from '../src/lib/route.ts'
import { TABLE } from '../src/links/table.ts'
import { closedToRobots, hasScripts, isPrivate, paths, pathsIn } from '../src/links/addresses.ts'

describe('an address', () => {
  it('without parameters is its own pattern', () => {
    expect(route('/aide')).toBe('/aide')
  })

  it('with parameters is built in their order, whatever they hold', () => {
    const file = route('/d/:key/:name{[a-z]{1,3}}')
    expect(file('7K3M94FT.a-b_c', 'Été/1.pdf')).toBe('/d/7K3M94FT.a-b_c/%C3%89t%C3%A9%2F1.pdf')
    expect(file.pattern).toBe('/d/:key/:name{[a-z]{1,3}}')
  })

  it('takes what its pattern says, and nothing else', () => {
    const deed = route('/admin/acces/equipe/:id{[1-9][0-9]{0,14}}/:deed{inviter|arreter}')
    expect(deed(7, 'arreter')).toBe('/admin/acces/equipe/7/arreter')
    // @ts-expect-error a deed that the pattern does not know
    void (() => deed(7, 'renommer'))
    // @ts-expect-error a parameter is missing
    void (() => deed(7))
  })

  it('of a public page keeps the language', () => {
    expect(pathsIn('en').catalog).toBe('/en')
    expect(pathsIn('en').bookWithCode('kindi', 'A&B')).toBe('/en/livres/kindi?code=A%26B#code')
    expect(pathsIn('en').order('K')).toBe('/commande/K')
    expect(pathsIn('en').cover('kindi', { version: 'ab', width: 320 })).toBe(
      '/livres/kindi/couverture?v=ab&l=320',
    )
  })
})

describe('from the one table', () => {
  it('is known what is one person’s', () => {
    for (const path of ['/admin', '/admin/x', '/commande/K/recu', '/d/K/x.pdf', '/payment/return'])
      expect([path, isPrivate(path)]).toEqual([path, true])
    for (const path of ['/', '/administration', '/livres/d', '/retrouver/livres/K', '/en/admin'])
      expect([path, isPrivate(path)]).toEqual([path, false])
  })

  it('is known where a page may hold a script', () => {
    for (const path of ['/admin/livres', '/commande/K']) expect(hasScripts(path)).toBe(true)
    for (const path of ['/', '/livres/x', '/d/K/x.pdf']) expect(hasScripts(path)).toBe(false)
  })

  it('robots are asked to leave alone what is private, endless or one’s own, each thing once', () => {
    expect(closedToRobots().toSorted()).toEqual([
      '/admin', '/commande/', '/d/', '/en/recherche', '/en/retrouver/debite', '/en/retrouver/e-mail',
      '/en/retrouver/livres/', '/payment/callback', '/payment/return', '/recherche',
      '/retrouver/debite', '/retrouver/e-mail', '/retrouver/livres/', '/simulateur',
    ]) // prettier-ignore
  })

  it('no two lines are one address', () => {
    const shapes = Object.values(TABLE).map(({ pattern }) => pattern.replace(/:\w+$/, ':'))
    expect(new Set(shapes).size).toBe(shapes.length)
  })
})

/** Other sites that live in our sources, and the table itself. */
const OTHERS = /^src\/(simulator|links\/table\.ts|doctor\/checks\/relay\.ts)/

const HEADS = new Set(Object.values(TABLE).map(({ pattern }) => pattern.split('/')[1]!))
HEADS.delete('')
/** `'/livres/…'`, and the same put together by hand: `${paths.desk}/livres`. */
const TYPED = new RegExp(
  `['"\`]/(?:${[...HEADS].join('|')})(?![\\w-])|\\$\\{paths\\.(?!assets\\b)\\w+\\}/\\w`,
)

describe('in the sources', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !OTHERS.test(file))
  const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const typing = files.flatMap((file) =>
    withoutComments(readFileSync(file, 'utf8'))
      .split('\n')
      .filter((line) => TYPED.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )

  it('nobody types an address', () => {
    expect(paths.catalog).toBe('/')
    expect(typing).toEqual([])
  })
})
