import { inBlocks, latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'
import type { SoundFacts, SoundFault, SoundReading } from './facts.ts'
import { findHole } from './holes.ts'
import { afterId3, tidy } from './id3.ts'

type Box = { type: string; at: number; start: number; end: number }

/** A recording of a day in pieces of some seconds has as many. */
const MAX_BOXES = 20_000
const LOCKED = new Set(['drms', 'drmi', 'aavd', 'enca', 'encv'])
/** What Chrome, Firefox and the players of phones open. */
const CODECS = new Set(['mp4a', 'alac', 'Opus', 'fLaC', 'ac-3', 'ec-3'])
/** Chapters of an audio book may have pictures, as a track of stills. */
const STILLS = new Set(['jpeg', 'png ', 'mjpa', 'mjpb'])
const MAX_TEXT_BYTES = 4_096
/** Of a table of chunks, what is read at once. */
const TABLE_BYTES = 64 * 1024

/** A photo of a phone (HEIF, AVIF) is made of boxes, too. */
const PHOTO = /^(?:hei|hev|mif1|msf1|avi)/
/** What stands first where the kind of the file is told later, or not at all, as QuickTime had it. */
const FIRST = new Set(['free', 'skip', 'wide', 'pnot', 'moov', 'mdat', 'uuid', 'styp'])

/** The kind that comes first, if any does, tells; without one, a film's or a recording's head. */
export async function isMp4(source: RangedSource): Promise<boolean> {
  const start = await afterId3(source)
  const first = latin1(await readUpTo(source, start + 4, 4))
  if (first !== 'ftyp' && !FIRST.has(first)) return false
  try {
    const outer = await new Boxes(inBlocks(source)).list(start, source.sizeBytes)
    const kind = outer.find(({ type }) => type === 'ftyp')
    if (!kind) return outer.some(({ type }) => type === 'moov')
    return !PHOTO.test(latin1(await readUpTo(source, kind.start, 4)))
  } catch (error) {
    if (error instanceof TooManyBoxes) return true
    throw error
  }
}

/**
 * An M4A or M4B: an MPEG-4 file with sound and no picture that moves, by its boxes (ISO/IEC 14496-12;
 * Apple's QuickTime File Format). They are stepped over by their lengths; then every byte of sound is
 * read once. What the source throws passes through.
 */
export async function inspectMp4(whole: RangedSource): Promise<SoundReading> {
  const source = inBlocks(whole)
  const boxes = new Boxes(source)
  const refused = (why: SoundFault): SoundReading => ({ ok: false, why })
  try {
    const outer = await boxes.list(await afterId3(source), source.sizeBytes)
    const named = (type: string) => outer.find((box) => box.type === type)
    const [kind, moov, mdat] = [named('ftyp'), named('moov'), named('mdat')]
    // What follows the boxes and is none, a tag or rubbish, looks like one that is too long.
    const isWhole = moov && mdat && [moov, mdat].every(({ end }) => end <= source.sizeBytes)
    const isCut = ({ type, end }: Box) => end > source.sizeBytes && (!isWhole || NEEDED.has(type))
    if (outer.some(isCut)) return refused('cut')
    if (!moov) return refused(mdat ? 'cut' : 'no-sound')
    const data = outer.filter(({ type }) => type === 'mdat')
    const tracks = await tracksOf(boxes, moov, data)
    const codecs = tracks.flatMap((track) => track.codecs)
    const brand = kind && latin1(await readUpTo(source, kind.start, 4))
    if (named('pssh') || brand === 'M4P ' || codecs.some((codec) => LOCKED.has(codec)))
      return refused('locked')
    if (tracks.some(({ kind, codecs: [codec = ''] }) => kind === 'vide' && !STILLS.has(codec)))
      return refused('picture')
    const sound = tracks.filter(({ kind }) => kind === 'soun')
    if (sound.length === 0 || !mdat) return refused('no-sound')
    if (!sound.some((track) => track.codecs.some((codec) => CODECS.has(codec))))
      return refused('codec')
    const mdatBytes = data.reduce((sum, { start, end }) => sum + end - start, 0)
    const isShort = ({ lastChunk, bytes }: Track) =>
      lastChunk >= source.sizeBytes || bytes > mdatBytes
    if (sound.some(isShort)) return refused('cut')

    const seconds = await lengthOf(boxes, moov)
    for (const { astray } of sound)
      if (astray !== undefined)
        return { ok: false, why: 'hole', seconds: Math.floor((seconds ?? 0) * astray) }
    let gapSeconds: number | undefined
    for (const { start, end } of data) {
      // Sound takes about as many bytes in each second.
      const at = (place: number) => Math.floor(((seconds ?? 0) * (place - start)) / (end - start))
      const said = Math.max(...sound.map(({ lastChunk }) => (lastChunk < end ? lastChunk : 0)))
      const { hole, gap } = await findHole(whole, start, end, said)
      if (hole !== undefined) return { ok: false, why: 'hole', seconds: at(hole) }
      if (gap !== undefined) gapSeconds ??= at(gap)
    }
    return {
      ok: true,
      ...(gapSeconds !== undefined && { gapSeconds }),
      facts: {
        seconds: seconds && Math.max(1, Math.round(seconds)),
        ...(await textsOf(boxes, moov)),
      },
    }
  } catch (error) {
    if (error instanceof TooManyBoxes) return refused('no-sound')
    throw error
  }
}

/** Without all of these, a part of the sound is missing; recordings in pieces have more than one. */
const NEEDED = new Set(['moov', 'mdat', 'moof'])

class TooManyBoxes extends Error {}

/** The boxes of a file, of which only so many are looked at in all. */
class Boxes {
  #left = MAX_BOXES
  readonly source: RangedSource
  constructor(source: RangedSource) {
    this.source = source
  }

  /** The boxes from `from` to `to` (4.2); the last may say that it reaches beyond. */
  async list(from: number, to: number): Promise<Box[]> {
    const boxes: Box[] = []
    for (let at = from; at + 8 <= to;) {
      if (this.#left-- === 0) throw new TooManyBoxes()
      const head = await readUpTo(this.source, at, 16)
      // A box that says more than there is has nothing in it there.
      if (head.length < 8) break
      const view = viewOf(head)
      const type = latin1(head.subarray(4, 8))
      const said = view.getUint32(0)
      const isLong = said === 1 && head.length === 16
      const length = isLong ? Number(view.getBigUint64(8)) : said === 0 ? to - at : said
      const start = at + (isLong ? 16 : 8)
      // What follows the last box and is none: rubbish, or zeros.
      if (length < start - at || !/^[\x20-\x7e\xa9]{4}$/.test(type)) break
      boxes.push({ type, at, start, end: at + length })
      at += length
    }
    return boxes
  }

  /** The first box at the end of a path. */
  async find(box: Box, ...path: string[]): Promise<Box | undefined> {
    let found: Box | undefined = box
    for (const type of path) {
      // `meta` is a full box: a version and flags stand before its boxes, but for QuickTime's.
      const skip: number = found.type === 'meta' && (await this.#isFull(found)) ? 4 : 0
      const inner: Box[] = await this.list(found.start + skip, found.end)
      found = inner.find((one) => one.type === type)
      if (!found) return undefined
    }
    return found
  }

  async #isFull({ start }: Box): Promise<boolean> {
    return viewOf(await this.read(start, 4)).getUint32(0) === 0
  }

  /** Zeros beyond the end: a box that is too short says nothing. */
  async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    bytes.set(await readUpTo(this.source, at, length))
    return bytes
  }
}

type Chunks = {
  /** Where the piece of the track begins that lies last. */
  lastChunk: number
  /** The first piece that is said to lie where no sound is, as a part of all (0 to 1). */
  astray: number | undefined
}
type Track = { kind: string; codecs: string[]; bytes: number } & Chunks

async function tracksOf(boxes: Boxes, moov: Box, data: readonly Box[]): Promise<Track[]> {
  const tracks: Track[] = []
  for (const trak of await boxes.list(moov.start, moov.end)) {
    if (trak.type !== 'trak') continue
    const handler = await boxes.find(trak, 'mdia', 'hdlr')
    const table = await boxes.find(trak, 'mdia', 'minf', 'stbl')
    if (!handler || !table) continue
    const described = await boxes.find(table, 'stsd')
    const samples = described ? await boxes.list(described.start + 8, described.end) : []
    tracks.push({
      kind: latin1(await boxes.read(handler.start + 8, 4)),
      codecs: samples.map(({ type }) => type),
      ...(await chunksOf(boxes, table, data)),
      bytes: await sampleBytes(boxes, table),
    })
  }
  return tracks
}

/** 8.7.5; what a hole in the table leaves is 0, where no sound is. What is a little off plays all the same. */
async function chunksOf(boxes: Boxes, table: Box, data: readonly Box[]): Promise<Chunks> {
  const inner = await boxes.list(table.start, table.end)
  const chunks = inner.find(({ type }) => type === 'stco' || type === 'co64')
  if (!chunks) return { lastChunk: 0, astray: undefined }
  const bytes = chunks.type === 'co64' ? 8 : 4
  const count = viewOf(await boxes.read(chunks.start + 4, 4)).getUint32(0)
  const first = chunks.start + 8
  const end = Math.min(chunks.end, first + count * bytes)
  const to = data.reduce((most, { end }) => Math.max(most, end), 0)
  let last = 0
  let astray: number | undefined
  for (let at = first; at < end; at += TABLE_BYTES) {
    const view = viewOf(await readUpTo(boxes.source, at, Math.min(TABLE_BYTES, end - at)))
    for (let i = 0; i + bytes <= view.byteLength; i += bytes) {
      const chunk = bytes === 8 ? Number(view.getBigUint64(i)) : view.getUint32(i)
      if (chunk > last) last = chunk
      if (chunk === 0 || chunk > to) astray ??= (at + i - first) / (end - first)
    }
  }
  return { lastChunk: last, astray }
}

/** How many bytes all samples of a track are together (8.7.3.2). */
async function sampleBytes(boxes: Boxes, table: Box): Promise<number> {
  const sizes = await boxes.find(table, 'stsz')
  if (!sizes) return 0
  const head = viewOf(await boxes.read(sizes.start + 4, 8))
  const [each, count] = [head.getUint32(0), head.getUint32(4)]
  if (each > 0) return each * count
  const end = Math.min(sizes.end, sizes.start + 12 + 4 * count)
  let sum = 0
  for (let at = sizes.start + 12; at < end; at += TABLE_BYTES) {
    const view = viewOf(await readUpTo(boxes.source, at, Math.min(TABLE_BYTES, end - at)))
    for (let i = 0; i + 4 <= view.byteLength; i += 4) sum += view.getUint32(i)
  }
  return sum
}

/** In seconds; null where it is not told (8.2.2; 8.8.2 for a recording that was written in pieces). */
async function lengthOf(boxes: Boxes, moov: Box): Promise<number | null> {
  const header = await boxes.find(moov, 'mvhd')
  if (!header) return null
  const view = viewOf(await boxes.read(header.start, 32))
  const isLong = view.getUint8(0) === 1
  const scale = view.getUint32(isLong ? 20 : 12)
  let units = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16)
  const extended = units === 0 ? await boxes.find(moov, 'mvex', 'mehd') : undefined
  if (extended) {
    const more = viewOf(await boxes.read(extended.start, 12))
    units = more.getUint8(0) === 1 ? Number(more.getBigUint64(4)) : more.getUint32(4)
  }
  const seconds = units / scale
  return units > 0 && scale > 0 && seconds <= MAX_SECONDS ? seconds : null
}

/** A year; 2^32 of anything stands for "unknown". */
const MAX_SECONDS = 366 * 86_400

/** Title and artist, as iTunes writes them. */
async function textsOf(boxes: Boxes, moov: Box): Promise<Pick<SoundFacts, 'title' | 'artist'>> {
  const list = await boxes.find(moov, 'udta', 'meta', 'ilst')
  const text = async (type: string) => {
    const data = list && (await boxes.find(list, type, 'data'))
    if (!data) return ''
    const length = Math.max(0, Math.min(MAX_TEXT_BYTES, data.end - data.start - 8))
    return tidy(new TextDecoder().decode(await readUpTo(boxes.source, data.start + 8, length)))
  }
  const [title, artist] = [await text('\xa9nam'), await text('\xa9ART')]
  return { ...(title && { title }), ...(artist && { artist }) }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
