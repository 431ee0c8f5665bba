import type { PdfDocument } from './document.ts'
import { countOf, entry, isDict, isRef } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

const MAX_PAGES = 1_000_000
const MAX_NODES = 50_000
const MAX_DEPTH = 64

/**
 * How many pages there are (ISO 32000-2, 7.7.3): what the root of the tree says, once its first
 * and last page were reached. A root that says nothing sensible is counted leaf by leaf.
 */
export async function countPages(document: PdfDocument): Promise<number> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  const root = await document.resolve(entry(catalog, 'Pages'))
  if (!isDict(root)) throw new PdfFault('no page tree')
  const kids = await kidsOf(document, root)
  if (kids?.length === 0) return 0
  for (const end of [0, -1]) await leafAt(document, root, end)
  const said = countOf(entry(root, 'Count'), MAX_PAGES)
  return said && kids && said >= kids.length ? said : countLeaves(document, root)
}

/** Undefined for a page; an array, perhaps empty, for a node. */
async function kidsOf(document: PdfDocument, node: PdfDict): Promise<PdfValue[] | undefined> {
  const kids = await document.resolve(entry(node, 'Kids'))
  return Array.isArray(kids) ? kids : undefined
}

async function leafAt(document: PdfDocument, root: PdfDict, end: number): Promise<void> {
  let node = root
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const kids = await kidsOf(document, node)
    if (!kids) return
    const next = await document.resolve(kids.at(end))
    if (!isDict(next)) throw new PdfFault('a page that is missing')
    node = next
  }
  throw new PdfFault('a page tree too deep')
}

async function countLeaves(document: PdfDocument, root: PdfDict): Promise<number> {
  const seen = new Set<number>()
  const waiting: PdfValue[] = [root]
  let leaves = 0
  for (let nodes = 0; waiting.length > 0; nodes++) {
    if (nodes >= MAX_NODES) throw new PdfFault('a page tree too large')
    const next = waiting.pop()!
    if (isRef(next)) {
      if (seen.has(next.number)) throw new PdfFault('a page tree in a circle')
      seen.add(next.number)
    }
    const node = await document.resolve(next)
    if (!isDict(node)) throw new PdfFault('a page that is missing')
    const kids = await kidsOf(document, node)
    if (kids) waiting.push(...kids.slice(0, MAX_NODES))
    else leaves++
    if (waiting.length > MAX_NODES) throw new PdfFault('a page tree too large')
  }
  return leaves
}
