import { expect, it } from 'vitest'
import { drawnOnce } from '../../src/views/drawn-once.ts'

it('draws a part once for the same props, and anew for others', () => {
  const drawn: string[] = []
  const Greeting = drawnOnce(({ name }: { name: string }) => {
    drawn.push(name)
    return `<p>${name}</p>`
  })
  expect([Greeting({ name: 'Awa' }), Greeting({ name: 'Awa' })].map(String)).toEqual([
    '<p>Awa</p>',
    '<p>Awa</p>',
  ])
  expect(String(Greeting({ name: 'Fatou' }))).toBe('<p>Fatou</p>')
  expect(drawn).toEqual(['Awa', 'Fatou'])
})

it('keeps no more texts than a hundred', () => {
  let draws = 0
  const Part = drawnOnce(({ n }: { n: number }) => `${(draws += 1) && n}`)
  for (let n = 0; n <= 100; n++) Part({ n })
  expect(draws).toBe(101)
  Part({ n: 100 })
  expect(draws).toBe(101)
  Part({ n: 0 })
  expect(draws).toBe(102)
})
