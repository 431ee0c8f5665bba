import { expect, it } from 'vitest'
import { bytesSource } from '../../packages/ranged/source.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { anM4a, frames, id3 } from '../support/sound.ts'
import { picture } from '../support/pictures.ts'
import { aToldEpub, EPUB_FRAME } from '../support/uploads.ts'
import { packZip } from '../support/zip.ts'

const TRIES = 400

/** The same each time (Park and Miller). */
function chance(seed: number) {
  let state = seed
  return (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
}

const sound: [string, Uint8Array][] = [
  ['an EPUB', aToldEpub(picture('jpeg', 400, 600, 2_000))],
  [
    'an EPUB in zip64',
    packZip(
      [...Object.entries(EPUB_FRAME), ['book.xhtml', '<html/>']].map(([name, bytes]) => ({
        name: name!,
        bytes: bytes!,
      })),
      { isLong: true },
    ),
  ],
  ['an MP3', new Uint8Array(Buffer.concat([id3({ TIT2: 'Un air' }), frames(8)]))],
  ['an M4A', anM4a()],
]

it.each(sound)('whatever happens to the bytes of %s, a look at them ends with a verdict', async (name, whole) => {
  const next = chance(whole.length + name.length)
  for (let i = 0; i < TRIES; i++) {
    const bytes = whole.slice(0, next(4) === 0 ? 1 + next(whole.length) : whole.length)
    // Numbers stand in the first bytes and in the last: those are changed more often.
    for (let changes = next(6); changes >= 0; changes--) {
      const at = [next(bytes.length), next(Math.min(300, bytes.length))][next(2)]!
      const place = next(2) === 0 ? at : bytes.length - 1 - at
      bytes[place] = [0, 0xff, next(256), bytes[place]! ^ (1 << next(8))][next(4)]!
    }
    const found = await inspectFile(bytesSource(bytes), 'none')
    expect(found.ok || typeof found.fault === 'string').toBe(true)
  }
}) // prettier-ignore
