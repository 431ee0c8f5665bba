import { expect, it } from 'vitest'
import { stampSentence } from '../../src/admin/uploads/words.ts'
import type { StampShown } from '../../src/data/books/file-stamps.ts'

const told = (seen: StampShown['seen'], language: 'fr' | 'en' = 'fr') =>
  stampSentence({ stamped: 'all', unstampable: null, seen }, language)
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

it.each([
  [null, 'Aucune copie n’a été dessinée ici'],
  [{ of: 3, looked: 0, unseen: [] }, 'Aucune copie n’a été dessinée ici'],
  [{ of: 1, looked: 1, unseen: [] }, 'Une copie a été dessinée : le tampon s’y voit.'],
  [{ of: 40, looked: 40, unseen: [] }, 'le tampon se voit sur ses 40 pages tamponnées.'],
  [
    { of: 300, looked: 12, unseen: [] },
    '12 des 300 pages tamponnées d’une copie ont été dessinées',
  ],
  [{ of: 9, looked: 9, unseen: [7, 2] }, 'ne se voit pas sur ces pages : 2, 7 (9 dessinées sur 9)'],
])('the seller reads where the stamp was seen: %o', (seen, sentence) => {
  expect(plain(told(seen))).toContain(sentence)
})

it('names some of many pages', () => {
  const unseen = Array.from({ length: 200 }, (_, i) => i + 1)
  expect(told({ of: 200, looked: 200, unseen }, 'en')).toContain('11, 12, … (200 of 200')
})

it('says nothing of what was seen where there is no stamp', () => {
  expect(stampSentence({ stamped: 'none', unstampable: null, seen: null }, 'en')).toBe(
    'Sold without a stamp, as you chose.',
  )
})
