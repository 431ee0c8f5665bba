/**
 * `npm run build:demonstration`: makes the files that the trial sells, from the manuscripts beside
 * them. The same sources give the same bytes. What it makes lies in git, so that a shop's start
 * only copies it.
 */
import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as cashBook from './cash-book.ts'
import { makeEpub } from './epub.ts'
import * as guide from './guide.ts'
import { BOOKS } from './manuscript.ts'
import * as patterns from './patterns.ts'
import * as poems from './poems.ts'
import * as recipes from './recipes.ts'
import { composeWav } from './song.ts'
import * as stories from './stories.ts'

const pdf = async (making: Promise<{ bytes: Uint8Array }>) => (await making).bytes

const makers: Record<string, () => Uint8Array | undefined | Promise<Uint8Array>> = {
  'l-oeuvre-du-tailleur/book.pdf': () => pdf(stories.makePdf()),
  'l-oeuvre-du-tailleur/sample.pdf': () => pdf(stories.makeSample()),
  'vendre-ses-livres-par-telephone/book.pdf': () => pdf(guide.makePdf()),
  'vendre-ses-livres-par-telephone/book.epub': () =>
    makeEpub('vendre-ses-livres-par-telephone', guide.about),
  'bogolan-vingt-quatre-motifs/book.pdf': () => pdf(patterns.makePdf()),
  'cuisine-de-maquis/book.pdf': () => pdf(recipes.makePdf()),
  'cahier-de-caisse-2027/book.pdf': () => pdf(cashBook.makePdf()),
  'sept-pluies/book.pdf': () => pdf(poems.makePdf()),
  'sept-pluies-la-musique/song.mp3': makeMp3,
}

for (const [name, make] of Object.entries(makers)) {
  const path = join(BOOKS, name)
  const bytes = await make()
  if (bytes) writeFileSync(path, bytes)
  else console.log('Debian’s `lame` makes the MP3 and is not here: the song stays as it is.')
  console.log(`${String(Math.ceil(statSync(path).size / 1000)).padStart(6)} kB  ${name}`)
}

/** 48 kbit/s in mono are enough for one instrument in the rain. */
function makeMp3(): Uint8Array | undefined {
  const tags = ['--tt', 'Sept pluies, la musique', '--ta', 'Nafi Tamarin', '--ty', '2026']
  const options = ['--silent', '-m', 'm', '-b', '48', '--cbr', '--id3v2-only', ...tags]
  const { error, status, stdout, stderr } = spawnSync('lame', [...options, '-', '-'], {
    input: composeWav(),
  })
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined
  if (status !== 0) throw error ?? new Error(String(stderr))
  return stdout
}
