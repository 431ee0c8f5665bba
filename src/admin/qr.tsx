import { encode } from 'uqr'

/** Scanners need four white modules around the code. */
const BORDER = 4
const SIZE_PX = 240

/** A QR code as one SVG path: no request, no style, sharp at any size. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER })
  const path = data.map((row, y) =>
    runsOf(row)
      .map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`)
      .join(''),
  )
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${size} ${size}`}
      width={SIZE_PX}
      height={SIZE_PX}
      shape-rendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}

/** The start and length of each run of dark modules in a row. */
function runsOf(row: readonly boolean[]): [x: number, length: number][] {
  const text = row.map((isDark) => (isDark ? '#' : ' ')).join('')
  return [...text.matchAll(/#+/g)].map(({ index, 0: run }) => [index, run.length])
}
