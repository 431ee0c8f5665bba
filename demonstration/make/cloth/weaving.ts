import { drawFrom } from '../../random.ts'
import { type Colour, encodePng } from './png.ts'
import type { Motif } from './motifs.ts'

export type Cloth = {
  field: Motif
  /** How many times the field is repeated across the cloth. */
  across: number
  border?: Motif
  /** The ground, and the three dyes. */
  dyes: [string, string, string, string]
}

/** In threads' own measure; the photograph has a pixel for two of each, which keeps it small. */
const WIDTH = 1000
const HEIGHT = 1500
const PIXEL = 2
const SHADES = 24
const DRAFT = 256
const THREAD = { warp: 8, weft: 6 }
const STRIPS = 5
const NOISE_MASK = 0xffff

/** Weaves a cloth and photographs it, so to speak: the same seed makes the same cloth. */
export async function weave(cloth: Cloth, seed: number): Promise<Buffer> {
  const random = drawFrom(seed)
  const line = WIDTH / PIXEL + 1
  const rows = new Uint8Array((line * HEIGHT) / PIXEL)
  const noise = Int8Array.from({ length: NOISE_MASK + 1 }, () => random() * 256 - 128)
  const warp = threads(WIDTH, THREAD.warp, random)
  const weft = threads(HEIGHT, THREAD.weft, random)
  const wobble = wander(4096, 90, 5, random)
  const fading = wander(4096, 160, 4, random)
  const bands = layOut(cloth)

  for (let y = 0; y < HEIGHT; y += PIXEL) {
    const band = bands.findLast((each) => each.top <= y) ?? bands[0]
    if (!band) break
    const start = Math.floor(random() * NOISE_MASK)
    const row = Math.floor((y - band.top) / band.height)
    for (let x = 0; x < WIDTH; x += PIXEL) {
      const strip = Math.floor((x * STRIPS) / WIDTH)
      const column = Math.floor(x / band.width)
      const grain = noise[(start + x) & NOISE_MASK] ?? 0
      // A hand drew this: edges wander, and the dye creeps a little along the fibres.
      const across = x + (wobble[(y + column * 613) & 4095] ?? 0) + grain / 110
      const down = y + strip * 3 + (wobble[(x + row * 389 + 2000) & 4095] ?? 0) + grain / 150
      const u = Math.floor((across / band.width) * DRAFT) & (DRAFT - 1)
      const v = Math.floor(((down - band.top) / band.height) * DRAFT) & (DRAFT - 1)
      const dye = band.draft[v * DRAFT + u] ?? 0
      const isWarp = (Math.floor(x / THREAD.warp) + Math.floor(y / THREAD.weft)) % 2 === 0
      const tone = (isWarp ? warp[x] : weft[y]) ?? 0
      const cloud = (fading[(x + y) & 4095] ?? 0) + (fading[(x - y + 2048) & 4095] ?? 0)
      const light = SHADES / 2 + tone + cloud * 0.5 - seamDepth(x, y)
      const shade = Math.min(Math.max(Math.round(light), 0), SHADES - 1)
      rows[(y / PIXEL) * line + 1 + x / PIXEL] = dye * SHADES + shade
    }
  }
  return encodePng(WIDTH / PIXEL, rows, cloth.dyes.flatMap(shadesOf))
}

type Band = { top: number; height: number; width: number; draft: Uint8Array }

const stripe: Motif = (_, v) => (v > 0.45 && v < 0.7 ? 1 : 0)

/** The field fills the cloth, or leaves its two ends to a border. */
function layOut(cloth: Cloth): Band[] {
  const field = draftOf(cloth.field)
  const width = WIDTH / cloth.across
  if (!cloth.border) {
    return [{ top: 0, height: HEIGHT / Math.round(HEIGHT / width), width, draft: field }]
  }
  const size = 125
  const line = { height: 40, width: WIDTH, draft: draftOf(stripe) }
  const border = { height: size, width: size, draft: draftOf(cloth.border) }
  const middle = HEIGHT - 2 * (size + line.height)
  const top = size + line.height
  return [
    { ...border, top: 0 },
    { ...line, top: size },
    { top, height: middle / Math.round(middle / width), width, draft: field },
    { ...line, top: HEIGHT - top },
    { ...border, top: HEIGHT - size },
  ]
}

function draftOf(motif: Motif): Uint8Array {
  return Uint8Array.from({ length: DRAFT * DRAFT }, (_, index) =>
    motif((index % DRAFT) / DRAFT, Math.floor(index / DRAFT) / DRAFT),
  )
}

/** The light along a row of threads: each is rounded, and none is quite like its neighbour. */
function threads(length: number, width: number, random: () => number): Float32Array {
  const own = Array.from({ length: Math.ceil(length / width) }, () => random() * 7 - 3.5)
  return Float32Array.from({ length }, (_, at) => {
    const roundness = Math.sin((((at % width) + 0.5) / width) * Math.PI) * 9 - 6
    return roundness + (own[Math.floor(at / width)] ?? 0)
  })
}

/** A smooth line that strays up to `reach` from zero, over `step` points at a time. */
function wander(length: number, step: number, reach: number, random: () => number): Float32Array {
  const knots = Array.from({ length: Math.ceil(length / step) }, () => (random() * 2 - 1) * reach)
  return Float32Array.from({ length }, (_, at) => {
    const [here = 0, next = 0] = [
      knots[Math.floor(at / step)],
      knots[(Math.floor(at / step) + 1) % knots.length],
    ]
    const t = (1 - Math.cos(((at % step) / step) * Math.PI)) / 2
    return here + (next - here) * t
  })
}

/** Narrow strips are sewn side by side; the stitches catch the light. */
function seamDepth(x: number, y: number): number {
  const fromSeam = Math.abs(
    (((x + WIDTH / STRIPS / 2) * STRIPS) % WIDTH) / STRIPS - WIDTH / STRIPS / 2,
  )
  const isEdge = x < WIDTH / STRIPS / 2 || x > WIDTH - WIDTH / STRIPS / 2
  if (isEdge || fromSeam > 3) return 0
  return y % 17 < 9 ? -6 : 13
}

function shadesOf(hex: string): Colour[] {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return Array.from({ length: SHADES }, (_, shade) => {
    const light = (shade - SHADES / 2) / SHADES
    return channels.map((channel) => {
      const lit = light < 0 ? channel * (1 + light * 1.1) : channel + (255 - channel) * light * 0.62
      return Math.round(lit)
    })
  })
}
