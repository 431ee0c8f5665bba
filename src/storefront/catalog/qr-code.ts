import { encode } from 'uqr'

/** Light modules on each side; cameras do not find the code without them (ISO/IEC 18004). */
const QUIET_MODULES = 4

/** A QR code as SVG: one path, run by run of dark modules. */
export function qrCode(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  const runs = data.flatMap((row, y) => {
    const bits = row.map((isDark) => (isDark ? '1' : '0')).join('')
    return [...bits.matchAll(/1+/g)].map(
      (run) => `M${run.index} ${y}h${run[0].length}v1H${run.index}z`,
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs.join('')}"/></svg>`
}
