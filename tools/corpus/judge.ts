import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { childProcess } from './children.ts'
import type { Look } from './look.ts'
import type { Comparison } from './pictures.ts'
import { compareIn, FILE_DEADLINE_MS, openedBy, qpdfCheck } from './programs.ts'

export type Judged = {
  path: string
  look: Look | { fell: string }
  /** Of what was refused: who opens it all the same. */
  openedBy?: string[]
  /** Of what was stamped. */
  qpdf?: { before: number; after: number }
  readers?: Record<string, Comparison>
}

type Child = ReturnType<typeof childProcess>
/** One for each that may be at work beside the others. */
export type Children = Record<'look' | 'pdfium' | 'pdfjs', Child>

const LOOK_DEADLINE_MS = 60_000

export async function judge(path: string, children: Children, scratch: string): Promise<Judged> {
  const stamped = join(scratch, 'stamped.pdf')
  const asked = await children.look.ask('look', [path, stamped], LOOK_DEADLINE_MS)
  if ('fell' in asked) return { path, look: asked }
  const look = asked.answer
  if (!look.ok) return { path, look, openedBy: await whoOpens(path, children) }
  if (look.stamp !== 'all') return { path, look }
  try {
    return { path, look, ...(await compareAll(path, stamped, look.pages ?? 0, children, scratch)) }
  } finally {
    await rm(stamped, { force: true })
  }
}

async function compareAll(
  path: string,
  stamped: string,
  pages: number,
  children: Children,
  scratch: string,
) {
  const inChild = async (reader: 'pdfium' | 'pdfjs'): Promise<Comparison> => {
    const asked = await children[reader].ask(reader, [path, stamped], FILE_DEADLINE_MS)
    if ('answer' in asked) return asked.answer
    return { pages: 0, changed: [], unseen: [], stopped: asked.fell }
  }
  const both: [string, string] = [path, stamped]
  const [before, after, poppler, mupdf, pdfium, pdfjs] = await Promise.all([
    qpdfCheck(path),
    qpdfCheck(stamped),
    compareIn('poppler', both, pages, scratch),
    compareIn('mupdf', both, pages, scratch),
    inChild('pdfium'),
    inChild('pdfjs'),
  ])
  return { qpdf: { before, after }, readers: { poppler, mupdf, pdfium, pdfjs } }
}

async function whoOpens(path: string, children: Children): Promise<string[]> {
  if (/\.(mp[123]|m4[ab])$/i.test(path)) return openedBy(path, 'sound')
  if (/\.epub$/i.test(path)) return openedBy(path, 'zip')
  const opened = await openedBy(path, 'pdf')
  const asked = await children.pdfium.ask('opens', [path], LOOK_DEADLINE_MS)
  if ('answer' in asked && asked.answer.pdfium) opened.push('pdfium')
  if ('answer' in asked && asked.answer.pdfjs) opened.push('pdfjs')
  return opened
}
