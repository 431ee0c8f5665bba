type Visit = (path: string) => Promise<{ text: string }>

/** Of pages that differ by a number, so many are opened. */
const ALIKE = 3

/** Everything that can be reached by links from these pages: path and text. */
export async function crawlFrom(starts: string[], visit: Visit): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  const waiting = [...starts]
  const shapes = new Map<string, number>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    const { text } = await visit(path)
    seen.set(path, text)
    for (const [, link] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
      const to = link!.replaceAll('&amp;', '&').split('?')[0]!
      const shape = to.replace(/\d+/g, '0')
      const often = shapes.get(shape) ?? 0
      if (often >= ALIKE || to.startsWith('/assets')) continue
      shapes.set(shape, often + 1)
      waiting.push(to)
    }
  }
  return seen
}
