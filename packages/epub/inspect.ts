import { latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'
import { joined } from '../../src/lib/gather.ts'
import { packageIn, readContents, readPackage } from './package.ts'
import type { Chapter, Package } from './package.ts'
import { elementsOf, readXml } from './xml.ts'
import { EntryFault, openZip, TooMuchToUnzip } from './zip.ts'
import type { Entry, Zip } from './zip.ts'

/** What an EPUB says about itself. */
type EpubFacts = Pick<Package, 'title' | 'authors' | 'language' | 'cover'> & {
  /** The chapter titles, from its table of contents. */
  chapters: string[]
}

/**
 * Taken or not. `remark`, of one that is taken: `packing`, where readers that keep to the letter may
 * refuse it; `missing`, where it names a chapter that is not there. `detail` names the file, or the
 * chapter by its number and title.
 */
type EpubReading =
  | { ok: true; facts: EpubFacts; remark: 'packing' | 'missing' | undefined; detail?: string }
  | { ok: false; why: EpubFault; detail?: string }

type EpubFault =
  /** No EPUB at all, or its end or directory is missing. */
  | 'broken'
  /** A file in it does not match its checksum. */
  | 'entry'
  /** It has no package document, or one that names no existing chapter. */
  | 'no-package'
  /** Only the app of the shop that sold it can open it. */
  | 'locked'
  | 'too-much-work'

const CONTAINER = 'META-INF/container.xml'
const MIMETYPE = 'application/epub+zip'
/**
 * Files found only in locked books: LCP's and Apple's. `rights.xml` may be a mere statement of
 * rights (OCF 4.2.6).
 */
const LOCKS = ['META-INF/license.lcpl', 'META-INF/sinf.xml']
/** These two methods only obfuscate fonts (EPUB 3.3, 4.4); the book opens. */
const FONT_METHODS = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
])
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
/** A package of 10 000 files needs half of it. */
const MAX_XML_BYTES = 2 * 1024 * 1024
/** How much of a chapter is searched for its first tag. */
const HEAD_BYTES = 4_096
const MAX_DETAIL = 200

/** Whether a zip is one: by its container, or its mark. The rest of it is for `inspectEpub`. */
export async function isEpub(source: RangedSource): Promise<boolean> {
  const zip = await openZip(source).catch(orUndefined)
  // Also in a folder, as one gets that packs the folder: no reader opens it, but that is what it is.
  if (zip?.entries.some(({ name }) => name.endsWith(CONTAINER))) return true
  if (zip) return (await markOf(zip).catch(orUndefined)) !== undefined
  // A truncated EPUB is a broken one, and nothing else.
  const head = latin1(await readUpTo(source, 0, HEAD_BYTES))
  return head.includes(MIMETYPE) || head.includes(CONTAINER)
}

/**
 * Reads all of an EPUB once: whether each file in it is what was packed, whether it opens, and what
 * it says of itself. Memory stays the same for any size. What the source throws passes through.
 */
export async function inspectEpub(source: RangedSource): Promise<EpubReading> {
  let spine: readonly string[] = []
  let chapters: readonly Chapter[] = []
  try {
    const zip = await openZip(source)
    if (!zip) return { ok: false, why: 'broken' }
    const book = new Files(zip)
    if (await isLocked(book)) return { ok: false, why: 'locked' }
    const path = packageIn(await book.xml(CONTAINER))
    const root = path === undefined ? undefined : await book.xml(path)
    if (!root) return { ok: false, why: 'no-package', ...(path && { detail: told(path) }) }
    const about = readPackage(root, path!)
    spine = about.spine.map((name) => book.nameOf(name))
    chapters = await contentsOf(book, about.contents)

    const { hole, blank } = await readAll(zip, new Set(spine))
    if (hole) return { ok: false, why: 'entry', detail: placeOf(hole, spine, chapters) }
    const first = spine.find((name) => !about.unlisted.has(name))
    const absent = spine.find((name) => !book.has(name) || blank.has(name))
    if (first === undefined) return { ok: false, why: 'no-package' }
    if (first === absent) return { ok: false, why: 'no-package', detail: told(first) }

    const { title, authors, language } = about
    const cover = about.cover === undefined ? undefined : book.nameOf(about.cover)
    const titles = chapters.map((chapter) => chapter.title)
    const facts = { title, authors, language, cover, chapters: titles }
    if (absent !== undefined)
      return { ok: true, facts, remark: 'missing', detail: placeOf(absent, spine, chapters) }
    const isWellPacked = (await markOf(zip)) === 'in-place' && book.isUnambiguous
    return { ok: true, facts, remark: isWellPacked ? undefined : 'packing' }
  } catch (error) {
    if (error instanceof TooMuchToUnzip) return { ok: false, why: 'too-much-work' }
    if (!(error instanceof EntryFault)) throw error
    const why = error.entry.isLocked ? 'locked' : 'entry'
    return { ok: false, why, detail: placeOf(error.entry.name, spine, chapters) }
  }
}

/** The bytes of one file of an EPUB; undefined if it is missing or larger. */
export async function readEpubFile(
  source: RangedSource,
  name: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const zip = await openZip(source).catch(orUndefined)
  return zip && new Files(zip).read(name, maxBytes).catch(orUndefined)
}

function orUndefined(error: unknown): undefined {
  if (!(error instanceof TooMuchToUnzip) && !(error instanceof EntryFault)) throw error
}

/** The files of a zip by name; of two with the same name the last, as most readers do. */
class Files {
  readonly #zip: Zip
  readonly #byName: ReadonlyMap<string, Entry>
  readonly #folded: ReadonlyMap<string, string>

  constructor(zip: Zip) {
    this.#zip = zip
    this.#byName = new Map(zip.entries.map((entry) => [entry.name, entry]))
    this.#folded = new Map(
      zip.entries.flatMap(({ name, dosName = name }) => [
        [folded(dosName), name],
        [folded(name), name],
      ]),
    )
  }

  /** The file that a name means: Macs decompose accents, and Windows ignores case. */
  nameOf(name: string): string {
    return this.#byName.has(name) ? name : (this.#folded.get(folded(name)) ?? name)
  }

  /** No name occurs twice with different bytes. */
  get isUnambiguous(): boolean {
    return this.#zip.entries.every(
      ({ name, crc, sizeBytes }) =>
        this.#byName.get(name)!.crc === crc && this.#byName.get(name)!.sizeBytes === sizeBytes,
    )
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  async read(name: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const entry = this.#byName.get(this.nameOf(name))
    if (!entry || entry.sizeBytes > maxBytes) return undefined
    const pieces: Uint8Array[] = []
    for await (const piece of this.#zip.open(entry)) pieces.push(piece)
    return joined(pieces)
  }

  async xml(name: string) {
    const bytes = await this.read(name, MAX_XML_BYTES)
    return bytes && readXml(bytes)
  }
}

const folded = (name: string) => name.normalize('NFC').toLowerCase()

async function isLocked(book: Files): Promise<boolean> {
  if (LOCKS.some((name) => book.has(name))) return true
  const root = await book.xml('META-INF/encryption.xml')
  if (!root) return false
  return elementsOf(root, XMLENC, 'encrypteddata').some((data) => {
    const [method] = elementsOf(data, XMLENC, 'encryptionmethod')
    return !FONT_METHODS.has(method?.attributes.get('Algorithm')?.trim() ?? '')
  })
}

async function contentsOf(
  book: Files,
  { nav, ncx }: Package['contents'],
): Promise<readonly Chapter[]> {
  for (const name of [nav, ncx]) {
    const root = name === undefined ? undefined : await book.xml(name)
    const chapters = root ? readContents(root, name!) : []
    if (chapters.length > 0)
      return chapters.map((one) => ({ ...one, name: one.name && book.nameOf(one.name) }))
  }
  return []
}

/** OCF 4.3: the first file is `mimetype`, stored, with this content and nothing else. */
async function markOf(zip: Zip): Promise<'in-place' | 'wrong-place' | undefined> {
  const entry = zip.entries.find(({ name }) => name.toLowerCase() === 'mimetype')
  if (!entry || entry.sizeBytes > 100) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of zip.open(entry)) pieces.push(piece)
  const text = latin1(joined(pieces))
  if (text === MIMETYPE && entry.name === 'mimetype' && entry.offset === 0 && entry.method === 0)
    return 'in-place'
  return text.includes(MIMETYPE) ? 'wrong-place' : undefined
}

/**
 * Reads every entry to its end, in the order in which they lie, so that each byte is fetched once, and
 * throws at the first whose sum is wrong. `hole`: a chapter that was full of zeros when it was packed;
 * `blank`: those that hold no tag.
 */
async function readAll(zip: Zip, spine: ReadonlySet<string>) {
  const blank = new Set<string>()
  for (const entry of zip.entries.toSorted((a, b) => a.offset - b.offset)) {
    const isChapter = spine.has(entry.name) && /\.x?html?$/i.test(entry.name)
    let head: Uint8Array | undefined
    for await (const piece of zip.open(entry)) {
      head ??= piece.subarray(0, HEAD_BYTES)
      if (isChapter && holdsHole(piece)) return { hole: entry.name, blank }
    }
    if (isChapter && !head?.includes(LESS_THAN)) blank.add(entry.name)
  }
  return { blank }
}

const LESS_THAN = 0x3c
/** Letters of two bytes have one zero between them; a stray one is passed over, as readers do. */
const HOLE_BYTES = 64

function holdsHole(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + HOLE_BYTES)) {
    const zeros = bytes.subarray(at, at + HOLE_BYTES)
    if (zeros.length === HOLE_BYTES && zeros.every((byte) => byte === 0)) return true
  }
  return false
}

/** « 3/12, La pluie (OEBPS/c3.xhtml) », or the name of what is no chapter. */
function placeOf(name: string, spine: readonly string[], chapters: readonly Chapter[]): string {
  const place = spine.indexOf(name)
  if (place < 0) return told(name)
  const title = chapters.find((chapter) => chapter.name === name)?.title
  return told(`${place + 1}/${spine.length}, ${title ? `${title} (${name})` : name}`)
}

/** A name that people can read. */
const told = (name: string) =>
  [...name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').toWellFormed()].slice(0, MAX_DETAIL).join('').trim()
