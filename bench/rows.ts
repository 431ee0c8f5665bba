/** How a bench is run: short by default. */
export type Options = {
  rounds: number
  /** 1: a second or two a round; more: so many times longer. */
  scale: number
  /** How many orders the large shop has. */
  grown: number
}

/** A line of the table: what was seen of ours and of the floor, and how one stands to the other. */
export type Row = {
  what: string
  ours: string
  floor: string
  /** What the goal is about; without a goal it is for the reader. */
  figure?: number
  atLeast?: number
  atMost?: number
}

export const isMissed = ({ figure, atLeast, atMost }: Row) =>
  figure !== undefined &&
  (figure < (atLeast ?? -Infinity) || figure > (atMost ?? Infinity) || Number.isNaN(figure))

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.what,
    row.ours,
    row.floor,
    row.figure === undefined ? '' : row.figure.toFixed(2),
    row.atLeast === undefined
      ? row.atMost === undefined
        ? ''
        : `≤ ${row.atMost}`
      : `≥ ${row.atLeast}`,
    row.atLeast === undefined && row.atMost === undefined ? '' : isMissed(row) ? 'MISSED' : 'met',
  ])
  const head = ['what', 'ours', 'floor', 'figure', 'goal', '']
  const all = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]!.length)))
  const text = (line: string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [text(head), rule, ...lines.map(text)].join('\n')
}
