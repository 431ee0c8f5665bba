import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Drawn, Picture } from '../../packages/pdfium/drawing.ts'
import { DPI } from '../../packages/pdfium/seen.ts'
import { compare } from './pictures.ts'
import type { Comparison } from './pictures.ts'

/**
 * The process that looks at files, by our own check and in the readers that are libraries. One that
 * falls or hangs is ended, and another takes the next file (`children.ts`). Each loads what it is asked
 * for, so that the memory of our check is told alone.
 */
const TASKS = {
  look: async (path: string, stamped: string) => (await import('./look.ts')).lookAt(path, stamped),
  pdfium: (before: string, after: string) => compareBy(inPdfium, before, after),
  pdfjs: (before: string, after: string) => compareBy(inPdfJs, before, after),
  opens: async (path: string) => ({
    pdfium: await counts(inPdfium, path),
    pdfjs: await counts(inPdfJs, path),
  }),
}
export type Tasks = typeof TASKS

process.on('message', ({ task, args }: { task: keyof Tasks; args: string[] }) => {
  const work = TASKS[task] as (...args: string[]) => Promise<unknown>
  work(...args).then(
    (answer) => process.send!({ answer }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})

type Reader = { pages: number; draw(page: number): Promise<Picture | undefined>; close(): void }
type Opener = (path: string) => Promise<Reader | undefined>

async function compareBy(open: Opener, before: string, after: string): Promise<Comparison> {
  const found: Comparison = { pages: 0, changed: [], unseen: [] }
  const [plain, stamped] = [await open(before), await open(after)]
  const pages = Math.max(plain?.pages ?? 0, stamped?.pages ?? 0)
  for (let page = 0; page < pages; page++)
    compare(found, page + 1, await plain?.draw(page), await stamped?.draw(page))
  plain?.close()
  stamped?.close()
  return found
}

async function counts(open: Opener, path: string): Promise<boolean> {
  const reader = await open(path).catch(() => undefined)
  const opens = (reader?.pages ?? 0) > 0
  reader?.close()
  return opens
}

const require = createRequire(import.meta.url)
const MAX_MEMORY_BYTES = 1024 * 1024 * 1024
let compiled: Promise<WebAssembly.Module> | undefined

async function inPdfium(path: string): Promise<Reader | undefined> {
  const { compilePdfium, openPdfium } = await import('../../packages/pdfium/drawing.ts')
  compiled ??= compilePdfium(readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm')))
  const file = openSync(path, 'r')
  const source = {
    sizeBytes: fstatSync(file).size,
    read: (offset: number, target: Uint8Array) => {
      readSync(file, target, 0, target.length, offset)
    },
  }
  const pdfium = await openPdfium(await compiled, MAX_MEMORY_BYTES)
  const drawn: Drawn | undefined = pdfium.open(source)
  if (!drawn) closeSync(file)
  return (
    drawn && {
      pages: drawn.pages,
      draw: async (page) => drawn.draw(page, DPI),
      close() {
        drawn.close()
        closeSync(file)
      },
    }
  )
}

const assets = dirname(require.resolve('pdfjs-dist/package.json'))
const PIXEL_BYTES = 4
const MAX_SIDE_PIXELS = 4_000

async function inPdfJs(path: string): Promise<Reader | undefined> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(readFileSync(path)),
    standardFontDataUrl: join(assets, 'standard_fonts/'),
    cMapUrl: join(assets, 'cmaps/'),
    verbosity: 0,
  })
  const document = await task.promise
  const { createCanvas } = require('@napi-rs/canvas') as Canvases
  return {
    pages: document.numPages,
    async draw(number) {
      try {
        const page = await document.getPage(number + 1)
        const viewport = page.getViewport({ scale: DPI / 72 })
        const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)]
        if (Math.max(width, height) > MAX_SIDE_PIXELS) return undefined
        const context = createCanvas(width, height).getContext('2d')
        await page.render({ canvas: null, canvasContext: context, viewport }).promise
        const { data } = context.getImageData(0, 0, width, height)
        page.cleanup()
        return { width: width * PIXEL_BYTES, height, bytes: new Uint8Array(data) }
      } catch {
        return undefined
      }
    },
    close: () => void task.destroy(),
  }
}

type Canvases = {
  createCanvas(width: number, height: number): { getContext(kind: '2d'): CanvasRenderingContext2D }
}
