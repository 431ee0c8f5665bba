import type { PdfDocument } from './document.ts'
import { countOf, entry, isDict, isRef, nameOf } from './objects.ts'
import type { PdfDict, PdfRef, PdfValue } from './objects.ts'
import { PdfFault, TooMuchToRead } from './source.ts'

/** What a page takes from the nodes above it, where it says nothing itself (7.7.3.4). */
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const
export type Inherited = ReadonlyMap<string, PdfValue>

/** A page: its number, unless it is written into the tree itself. */
export type Leaf = {
  ref: PdfRef | undefined
  inherited: Inherited
  /** Readers differ on a node above it, or on whether it is a page. */
  isLoose: boolean
  /** Of a page that cannot be read: `free`, the tables know of none; `lost`, they do. */
  missing: 'free' | 'lost' | null
}

const MAX_PAGES = 1_000_000
/** That are looked at, each; no book has as many. */
const MAX_LEAVES = 20_000
/** In all nodes of a tree. */
const MAX_NAMED = 200_000
const MAX_NODES = 50_000
const MAX_DEPTH = 64

/**
 * How many pages there are (ISO 32000-2, 7.7.3): what the root of the tree says, once its first
 * and last page were reached. A root that says nothing sensible is counted leaf by leaf.
 */
export async function countPages(document: PdfDocument): Promise<number> {
  const root = await rootOf(document)
  for (const fromEnd of [false, true]) {
    const end = await firstOf(walk(document, { fromEnd }))
    if (!end) return 0
    if (end.missing) throw new PdfFault('a page that is missing')
  }
  const said = countOf(entry(root, 'Count'), MAX_PAGES)
  const kids = await kidsOf(document, root)
  return said && kids && said >= kids.length ? said : (await listLeaves(document)).length
}

/** Whoever takes pages out may leave their numbers in the tree: nobody misses what nobody counts. */
async function firstOf(leaves: AsyncGenerator<Leaf, void>): Promise<Leaf | undefined> {
  let last: Leaf | undefined
  for await (const leaf of leaves) {
    last = leaf
    if (leaf.missing !== 'free') break
  }
  return last
}

/**
 * The pages in order, each looked at; those that cannot be read are among them. Free numbers that
 * the root of the tree does not count are none.
 */
export async function listLeaves(document: PdfDocument): Promise<Leaf[]> {
  return (document.leaves ??= await lookForLeaves(document))
}

async function lookForLeaves(document: PdfDocument): Promise<Leaf[]> {
  const leaves: Leaf[] = []
  for await (const leaf of walk(document, {})) {
    if (leaves.push(leaf) > MAX_LEAVES) throw new TooMuchToRead('too many pages')
  }
  const said = entry(await rootOf(document), 'Count')
  const counted = leaves.filter(({ missing }) => missing !== 'free')
  return counted.length > 0 && said !== leaves.length ? counted : leaves
}

/** A node that is being gone through. */
type Frame = {
  number: number
  kids: PdfValue[]
  next: number
  inherited: Inherited
  isLoose: boolean
}

/**
 * From the first page on, or from the last. A node without pages is passed by, whatever it says of
 * itself: programs that take pages out leave such nodes behind. A circle is gone round once.
 */
async function* walk(
  document: PdfDocument,
  { fromEnd = false }: { fromEnd?: boolean },
): AsyncGenerator<Leaf, void> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  const kids = [entry(catalog, 'Pages') ?? (await rootOf(document))]
  const root: Frame = { number: -1, kids, next: 0, inherited: new Map(), isLoose: false }
  const open = [root]
  let [nodes, named] = [0, 0]
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const { kids, next, inherited } = frame
    if (next === kids.length) {
      open.pop()
      continue
    }
    frame.next++
    const value = kids[fromEnd ? kids.length - 1 - next : next]!
    const ref = isRef(value) ? value : undefined
    if (ref && open.some(({ number }) => number === ref.number)) continue
    const { node, isLoose } = await nodeAt(document, value)
    const below = typeof node === 'string' ? undefined : await kidsOf(document, node)
    // A node that lost its kids is as empty as one that has none; one that draws is a page to some.
    const isNode = typeof node !== 'string' && nameOf(entry(node, 'Type')) === 'Pages'
    if (isNode && !below && !node.entries.has('Contents')) continue
    if (typeof node === 'string' || !below) {
      const missing = typeof node === 'string' ? node : null
      yield { ref, inherited, missing, isLoose: frame.isLoose || isNode }
      continue
    }
    named += below.length
    if (++nodes > MAX_NODES || open.length > MAX_DEPTH || named > MAX_NAMED)
      throw new PdfFault('a page tree too large')
    open.push({
      number: ref?.number ?? -1,
      kids: below,
      next: 0,
      inherited: inherit(inherited, node),
      isLoose: frame.isLoose || isLoose || hidesByNull(inherited, node),
    })
  }
}

type Node = { node: PdfDict | 'free' | 'lost'; isLoose: boolean }

async function nodeAt(document: PdfDocument, value: PdfValue): Promise<Node> {
  try {
    const object = isRef(value) ? await document.find(value.number) : undefined
    const found = object && !isRef(object.value) ? object.value : await document.resolve(value)
    const node = isDict(found) ? found : found === null ? 'free' : 'lost'
    return { node, isLoose: object?.isLoose ?? false }
  } catch (error) {
    if (!(error instanceof PdfFault) || error instanceof TooMuchToRead) throw error
    return { node: 'lost', isLoose: false }
  }
}

async function rootOf(document: PdfDocument): Promise<PdfDict> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  const root = await document.resolve(entry(catalog, 'Pages'))
  if (!isDict(root)) throw new PdfFault('no page tree')
  return root
}

/** Undefined for a page; an array, perhaps empty, for a node; some write the only one without brackets. */
async function kidsOf(document: PdfDocument, node: PdfDict): Promise<PdfValue[] | undefined> {
  const value = entry(node, 'Kids')
  const kids = await document.resolve(value)
  if (isRef(value) && isDict(kids)) return [value]
  return Array.isArray(kids) ? kids : undefined
}

/** To some, null stands in the place of what is said above; to others, nothing does (7.3.9). */
export const hidesByNull = (above: Inherited, node: PdfDict): boolean =>
  INHERITED.some((key) => entry(node, key) === null && above.has(key))

export function inherit(above: Inherited, node: PdfDict): Inherited {
  const own = INHERITED.map((key) => [key, entry(node, key) ?? null] as const)
  return new Map([...above, ...own.filter(([, value]) => value !== null)])
}
