import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Other people's readers, asked what they see. Each throws when the program is not there. */

/** 0: clean; 3: warnings; 2: errors. */
export function qpdfCheck(path: string): number {
  const { status, error } = spawnSync('qpdf', ['--check', path], { stdio: 'ignore' })
  if (error || status === null) throw error ?? new Error('qpdf was ended')
  return status
}

/** The text of each page, of what its crop box shows. */
export const textByPage = (path: string): string[] =>
  execFileSync('pdftotext', ['-q', '-raw', '-cropbox', path, '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, -1)
    .map((text) => text.replace(/\s+/g, ' '))

/** `at` gives 0xRRGGBB. */
export type Picture = { width: number; height: number; at(x: number, y: number): number }

export const DPI = 40

/** Each page, as it is seen: turned and cropped. */
export function pictures(path: string): Picture[] {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  try {
    execFileSync('pdftoppm', ['-q', '-r', String(DPI), '-cropbox', path, join(folder, 'p')])
    return readdirSync(folder)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((name) => pictureOf(readFileSync(join(folder, name))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function pictureOf(ppm: Buffer): Picture {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'))!
  const [width, height] = [Number(head[1]), Number(head[2])]
  return rgb(ppm.subarray(head[0].length), width, height, 3)
}

const rgb = (bytes: Uint8Array, width: number, height: number, step: number): Picture => ({
  width,
  height,
  at: (x, y) => {
    const place = (y * width + x) * step
    return (bytes[place]! << 16) | (bytes[place + 1]! << 8) | bytes[place + 2]!
  },
})

const fonts = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'standard_fonts/',
)

/** Firefox's reader: the text layer of each page, and the picture of the first. */
export async function inPdfJs(bytes: Uint8Array) {
  const task = getDocument({ data: bytes.slice(), standardFontDataUrl: fonts, verbosity: 0 })
  const document = await task.promise
  const texts: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
    texts.push(text.join('').replace(/\s+/g, ' '))
  }
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale: DPI / 72 })
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)]
  const { createCanvas } = createRequire(import.meta.url)('@napi-rs/canvas') as Canvases
  const context = createCanvas(width, height).getContext('2d')
  await page.render({ canvas: null, canvasContext: context, viewport }).promise
  const picture = rgb(
    new Uint8Array(context.getImageData(0, 0, width, height).data),
    width,
    height,
    4,
  )
  const info = (await document.getMetadata()).info as { Title?: string; Custom?: Iterable<Entry> }
  await task.destroy()
  return { texts, picture, title: info.Title, custom: Object.fromEntries(info.Custom ?? []) }
}

type Entry = [name: string, value: string]

type Canvases = {
  createCanvas(width: number, height: number): { getContext(kind: '2d'): CanvasRenderingContext2D }
}
