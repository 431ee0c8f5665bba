import { init } from '@embedpdf/pdfium'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'

/**
 * PDFium, the reader of Chrome and Android, as WebAssembly: draws the pages of a PDF of any size, which
 * it reads by ranges. It runs in the caller's thread and waits for nothing: a page may take it long,
 * so it belongs into a thread or process that can be ended.
 */
export type SyncSource = {
  sizeBytes: number
  /** Fills `target` from `offset`; the range lies inside the source. */
  read(offset: number, target: Uint8Array): void
}

/** `bytes` are grey levels, one per pixel, row by row from the top. */
export type Picture = { width: number; height: number; bytes: Uint8Array }

export type Drawn = {
  pages: number
  /** The page as displayed: cropped, rotated, with annotations; undefined when it cannot be read. */
  draw(page: number, dpi: number): Picture | undefined
  close(): void
}

/** Wider or taller pages are drawn smaller. */
const MAX_SIDE_PIXELS = 2_000
const POINTS_AN_INCH = 72
/** FPDFBitmap_Gray, FPDF_ANNOT and FPDF_GRAYSCALE of fpdfview.h. */
const [GRAY, ANNOTATIONS, IN_GRAYSCALE] = [1, 1, 8]
const WHITE = 0xffffffff
/** FPDF_FILEACCESS: the length, how to read, and what to hand to that. */
const FILE_ACCESS_BYTES = 12

/** Once for many documents: compiling takes a second. */
export const compilePdfium = (wasm: Uint8Array<ArrayBuffer>) => WebAssembly.compile(wasm)

/**
 * A PDFium for one document, so that none learns of another's fonts. It throws when it wants more
 * memory than `maxMemoryBytes`, and is of no more use then.
 */
export async function openPdfium(compiled: WebAssembly.Module, maxMemoryBytes: number) {
  const overrides = {
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      const { env } = imports as { env: Record<string, (wanted: number) => unknown> }
      const grow = env['emscripten_resize_heap']!
      env['emscripten_resize_heap'] = (wanted) =>
        wanted >>> 0 > maxMemoryBytes ? 0 : grow(wanted >>> 0)
      void WebAssembly.instantiate(compiled, imports).then((instance) =>
        receive(instance, compiled),
      )
      return {}
    },
    print() {},
    printErr() {},
  }
  const pdfium = await init(overrides)
  pdfium.FPDF_InitLibrary()
  return { open: (source: SyncSource) => openDocument(pdfium, source) }
}

function openDocument(library: WrappedPdfiumModule, source: SyncSource): Drawn | undefined {
  const { pdfium } = library
  const bytesAt = (at: number, length: number) =>
    new Uint8Array((pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8.buffer, at, length)
  const read = pdfium.addFunction((_: number, offset: number, target: number, length: number) => {
    const start = offset >>> 0
    if (start + (length >>> 0) > source.sizeBytes) return 0
    source.read(start, bytesAt(target, length >>> 0))
    return 1
  }, 'iiiii')
  const access = pdfium.wasmExports.malloc(FILE_ACCESS_BYTES)
  pdfium.setValue(access, source.sizeBytes, 'i32')
  pdfium.setValue(access + 4, read, 'i32')
  pdfium.setValue(access + 8, 0, 'i32')
  const document = library.FPDF_LoadCustomDocument(access, '')
  const close = () => {
    if (document) library.FPDF_CloseDocument(document)
    pdfium.wasmExports.free(access)
    pdfium.removeFunction(read)
  }
  if (!document) {
    close()
    return undefined
  }

  function draw(number: number, dpi: number): Picture | undefined {
    const page = library.FPDF_LoadPage(document, number)
    if (!page) return undefined
    const [wide, high] = [library.FPDF_GetPageWidthF(page), library.FPDF_GetPageHeightF(page)]
    const scale = Math.min(dpi / POINTS_AN_INCH, MAX_SIDE_PIXELS / Math.max(wide, high))
    const [width, height] = [wide, high].map((side) => Math.max(1, Math.round(side * scale))) as [
      number,
      number,
    ]
    const bitmap = library.FPDFBitmap_CreateEx(width, height, GRAY, 0, 0)
    try {
      if (!bitmap) return undefined
      library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
      const flags = ANNOTATIONS | IN_GRAYSCALE
      library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
      const stride = library.FPDFBitmap_GetStride(bitmap)
      const drawn = bytesAt(library.FPDFBitmap_GetBuffer(bitmap), stride * height)
      const bytes = new Uint8Array(width * height)
      for (let y = 0; y < height; y++)
        bytes.set(drawn.subarray(y * stride, y * stride + width), y * width)
      return { width, height, bytes }
    } finally {
      if (bitmap) library.FPDFBitmap_Destroy(bitmap)
      library.FPDF_ClosePage(page)
    }
  }
  return { pages: library.FPDF_GetPageCount(document), draw, close }
}
