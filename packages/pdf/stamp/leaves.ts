import type { PdfDocument } from '../document.ts'
import { countOf, entry, isDict, isRef } from '../objects.ts'
import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { PdfFault } from '../source.ts'

/** What a page takes from the nodes above it, where it says nothing itself (7.7.3.4). */
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const
type Inherited = ReadonlyMap<string, PdfValue>

type Leaf = { ref: PdfRef; inherited: Inherited }
export type Page = { ref: PdfRef; dict: PdfDict; get(key: string): PdfValue | undefined }

const MAX_LEAVES = 100_000
const MAX_NODES = 50_000
const MAX_DEPTH = 64

/**
 * The pages in order, not yet read: a node that counts as many pages as it has children is taken
 * at its word, so that one page in ten costs a tenth of the reads.
 */
export async function listLeaves(document: PdfDocument): Promise<Leaf[]> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  const leaves: Leaf[] = []
  const seen = new Set<number>()

  async function visit(node: PdfDict, kids: PdfValue[], above: Inherited, depth: number) {
    if (depth > MAX_DEPTH || seen.size > MAX_NODES) throw new PdfFault('a page tree too large')
    const inherited = inherit(above, node)
    const areLeaves = countOf(entry(node, 'Count'), MAX_LEAVES) === kids.length
    for (const kid of kids) {
      if (!isRef(kid)) throw new PdfFault('a page without a number')
      const dict = areLeaves ? undefined : await document.resolve(kid)
      const below = await document.resolve(entry(dict, 'Kids'))
      if (isDict(dict) && Array.isArray(below)) {
        if (seen.has(kid.number)) throw new PdfFault('a page tree in a circle')
        seen.add(kid.number)
        await visit(dict, below, inherited, depth + 1)
      } else if (leaves.push({ ref: kid, inherited }) > MAX_LEAVES)
        throw new PdfFault('too many pages')
    }
  }

  const root = await document.resolve(entry(catalog, 'Pages'))
  const kids = await document.resolve(entry(root, 'Kids'))
  if (!isDict(root) || !Array.isArray(kids)) throw new PdfFault('no page tree')
  await visit(root, kids, new Map(), 0)
  return leaves
}

/** Reads a page; what was taken for one may be a node with one page under it. */
export async function readPage(document: PdfDocument, leaf: Leaf): Promise<Page> {
  let { ref, inherited } = leaf
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const object = await document.find(ref.number)
    const dict = object?.value
    if (!object || !isDict(dict)) throw new PdfFault('a page that is missing')
    const kids = await document.resolve(entry(dict, 'Kids'))
    if (!Array.isArray(kids)) {
      const own = inherit(inherited, dict)
      const get = (key: string) => own.get(key) ?? entry(dict, key)
      return { ref: { ...ref, generation: object.generation }, dict, get }
    }
    const [kid, ...others] = kids
    if (!isRef(kid) || others.length > 0) throw new PdfFault('a page tree that miscounts')
    inherited = inherit(inherited, dict)
    ref = kid
  }
  throw new PdfFault('a page tree too deep')
}

function inherit(above: Inherited, node: PdfDict): Inherited {
  const own = INHERITED.map((key) => [key, entry(node, key) ?? null] as const)
  return new Map([...above, ...own.filter(([, value]) => value !== null)])
}
