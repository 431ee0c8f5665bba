/** A drawing on a unit square: the dye (0, the bare ground, to 3) at each point of it. */
export type Motif = (u: number, v: number) => number

const part = (t: number) => t - Math.floor(t)
const ridge = (t: number) => Math.abs(2 * part(t) - 1)
const within = (t: number, low: number, high: number) => t >= low && t < high
const near = (t: number, middle: number, half: number) => Math.abs(t - middle) < half
const distance = (u: number, v: number, x: number, y: number) => Math.hypot(u - x, v - y)
const angle = (u: number, v: number) => Math.atan2(v - 0.5, u - 0.5) / (2 * Math.PI) + 0.5

/** A motif drawn square by square, a digit a square. */
function grid(...rows: string[]): Motif {
  return (u, v) => {
    const row = rows[Math.floor(v * rows.length)] ?? ''
    return Number(row[Math.floor(u * row.length)] ?? 0)
  }
}

export const wellPath: Motif = (u, v) => {
  const t = part(v - ridge(u) * 0.5)
  return t < 0.16 ? 1 : within(t, 0.26, 0.32) ? 2 : within(t, 0.56, 0.6) ? 3 : 0
}

export const granaries: Motif = (u, v) => {
  const d = Math.abs(u - 0.5) + Math.abs(v - 0.5)
  return d < 0.1 ? 3 : d < 0.18 ? 0 : d < 0.28 ? 1 : d < 0.35 ? 0 : d < 0.43 ? 2 : 0
}

export const sistersHouse: Motif = (u, v) => {
  const [x, y] = [Math.abs(u - 0.5), Math.abs(v - 0.5)]
  if (Math.max(x, y) < 0.07) return 3
  if ((x < 0.09 && y < 0.36) || (y < 0.09 && x < 0.36)) return 1
  return near(x, 0.27, 0.06) && near(y, 0.27, 0.06) ? 2 : 0
}

export const marchRain: Motif = (u, v) => {
  const column = Math.floor(u * 4)
  const t = part(v * 2 + (column % 2) * 0.5)
  if (!near(part(u * 4), 0.5, 0.15)) return 0
  return t < 0.52 ? 1 : within(t, 0.62, 0.74) ? 3 : 0
}

export const crocodile: Motif = (u, v) => {
  const y = Math.abs(v - 0.5)
  if (y < 0.045) return 1
  if (within(y, 0.08, 0.36)) return ridge(u * 3) * 0.28 > y - 0.08 ? 1 : 0
  return within(y, 0.42, 0.46) ? 2 : 0
}

export const canoes: Motif = (u, v) => {
  if (distance(u, v, 0.5, 0.02) < 0.62 && distance(u, v, 0.5, -0.18) > 0.66)
    return near(u, 0.5, 0.41) ? 1 : 0
  if (near(u, 0.5, 0.02) && within(v, 0.12, 0.5)) return 2
  return within(part(v * 12 + 0.06 * Math.sin(u * 25)), 0.2, 0.5) && v > 0.72 ? 3 : 0
}

export const roofLadder: Motif = (u, v) => {
  if (near(u, 0.26, 0.05) || near(u, 0.74, 0.05)) return 1
  if (within(u, 0.31, 0.69)) return part(v * 4) < 0.34 ? 2 : 0
  return near(part(v * 4), 0.67, 0.14) && (near(u, 0.1, 0.035) || near(u, 0.9, 0.035)) ? 3 : 0
}

export const chequers: Motif = (u, v) => {
  const dark = (Math.floor(u * 4) + Math.floor(v * 4)) % 2 === 0
  const d = distance(part(u * 4), part(v * 4), 0.5, 0.5)
  return dark ? (d < 0.17 ? 3 : 1) : d < 0.2 ? 2 : 0
}

export const splitCalabash: Motif = (u, v) => {
  const r = distance(u, v, 0.5, 0.5)
  if (r > 0.46 || near(u, 0.5, 0.018)) return 0
  const ring = Math.floor(r * 11 + (u < 0.5 ? 0 : 1)) % 2
  return ring === 0 ? 0 : u < 0.5 ? 1 : 2
}

export const northStar: Motif = (u, v) => {
  const r = distance(u, v, 0.5, 0.5)
  if (r < 0.08) return 3
  if (r < 0.13) return 0
  if (r < 0.16 + 0.3 * ridge(angle(u, v) * 8)) return 1
  const corner = Math.hypot(0.5 - Math.abs(u - 0.5), 0.5 - Math.abs(v - 0.5))
  return corner < 0.12 ? 2 : 0
}

export const captainBones: Motif = (u, v) => {
  const y = Math.abs(v - 0.5)
  if (y < 0.03) return 2
  if (y < 0.36) return part(u * 4 + y * 2.4) < 0.34 ? 1 : 0
  return y > 0.43 && near(part(u * 4), 0.5, 0.16) ? 3 : 0
}

export const drum: Motif = (u, v) => {
  const [x, y] = [Math.abs(u - 0.5), Math.abs(v - 0.5)]
  if (within(y, 0.38, 0.43) && x < 0.4) return 2
  if (y < 0.05 && x < 0.16) return 3
  if (y < 0.36 && x < 0.09 + 0.75 * y)
    return part(((u - 0.5) / (0.09 + 0.75 * y)) * 2.5 + 0.25) < 0.5 ? 1 : 0
  return 0
}

export const steps = grid(
  '0000011111100000',
  '0000111111110000',
  '0000112222110000',
  '0011112002111100',
  '0111122002211110',
  '0111220000221110',
  '1112200330022111',
  '1112003333002111',
  '1112003333002111',
  '1112200330022111',
  '0111220000221110',
  '0111122002211110',
  '0011112002111100',
  '0000112222110000',
  '0000111111110000',
  '0000011111100000',
)

export const millet: Motif = (u, v) => {
  if (near(u, 0.5, 0.02) && v > 0.1) return 2
  const ear = Math.abs(u - 0.5) * 2.1 + Math.abs(v - 0.4) * 0.95
  if (ear > 0.4) return near(v, 0.86, 0.02) && near(u, 0.5, 0.3) ? 3 : 0
  const shift = (Math.floor(v * 11) % 2) * 0.5
  return distance(part(u * 10 + shift), part(v * 11), 0.5, 0.5) < 0.4 ? 1 : 0
}

export const hareTracks: Motif = (u, v) => {
  const side = u < 0.5 ? 0 : 0.5
  const [x, y] = [(u - side) * 2, part(v + side) * 1.4 - 0.2]
  if (distance(x, y, 0.5, 0.68) < 0.19) return 1
  const toes = [0.22, 0.5, 0.78].some(
    (toe) => distance(x, y, toe, toe === 0.5 ? 0.26 : 0.36) < 0.11,
  )
  return toes ? 2 : 0
}

export const weaverEye: Motif = (u, v) => {
  const r = distance(u, v, 0.5, 0.5)
  const lid = Math.max(distance(u, v, 0.5, 0.95), distance(u, v, 0.5, 0.05))
  if (r < 0.07) return 1
  if (r < 0.14) return 3
  if (lid < 0.6) return 0
  if (lid < 0.67) return 1
  return r < 0.48 && part(angle(u, v) * 24) < 0.4 ? 2 : 0
}

export const riverWaves: Motif = (u, v) => {
  const t = part(v * 3 + 0.3 * Math.sin(2 * Math.PI * u))
  return t < 0.34 ? 1 : within(t, 0.46, 0.56) ? 2 : within(t, 0.72, 0.78) ? 3 : 0
}

export const comb: Motif = (u, v) => {
  if (!within(u, 0.1, 0.9)) return 0
  if (within(v, 0.12, 0.28)) return near(v, 0.2, 0.03) && part(u * 10) < 0.5 ? 3 : 1
  if (within(v, 0.28, 0.7)) return part((u - 0.1) * 8.75) < 0.5 ? 1 : 0
  return within(v, 0.8, 0.87) ? 2 : 0
}

export const marketSpiral: Motif = (u, v) => {
  const r = distance(u, v, 0.5, 0.5)
  if (r < 0.045) return 3
  if (r < 0.45) return part(r * 7 - angle(u, v)) < 0.46 ? 1 : 0
  return Math.abs(u - 0.5) > 0.44 && Math.abs(v - 0.5) > 0.44 ? 2 : 0
}

export const net: Motif = (u, v) => {
  const [a, b] = [ridge(u + v), ridge(u - v)]
  if (a > 0.82 && b > 0.82) return 3
  if (a > 0.86 || b > 0.86) return 1
  return a < 0.24 && b < 0.24 ? 2 : 0
}

export const key = grid(
  '111111111110',
  '100000000010',
  '101111111010',
  '101000001010',
  '101022201010',
  '101020001010',
  '101022222010',
  '101000000010',
  '101111111110',
  '100000000000',
  '111111111111',
  '000330033000',
)

export const hills: Motif = (u, v) => {
  const row = Math.floor(v * 2)
  const r = distance(part(u + row * 0.5), part(v * 2) * 0.5 + 0.02, 0.5, 0.5)
  if (r > 0.5) return 1
  return r < 0.12 ? 3 : Math.floor(r * 12) % 2 === 0 ? 0 : r > 0.32 ? 1 : 2
}

export const sun: Motif = (u, v) => {
  const r = distance(u, v, 0.5, 0.5)
  if (r < 0.14) return 3
  if (r < 0.19) return 0
  if (r < 0.38) return ridge(angle(u, v) * 12) > (r - 0.15) * 3 ? 1 : 0
  return within(r, 0.42, 0.47) ? 2 : 0
}

export const cousinsKnot: Motif = (u, v) => {
  const left = near(distance(u, v, 0.34, 0.5), 0.24, 0.055)
  const right = near(distance(u, v, 0.66, 0.5), 0.24, 0.055)
  if (left && right) return v < 0.5 ? 1 : 2
  return left ? 1 : right ? 2 : near(v, 0.06, 0.03) && part(u * 6) < 0.5 ? 3 : 0
}
