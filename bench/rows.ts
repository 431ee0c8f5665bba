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
  /**
   * What the part that nothing can leave out makes by itself, as a figure of the same run. A goal above
   * it is out of reach of any program around that part, and so is shown to be in each run.
   */
  reach?: number
}

/** Of what is in reach; the same share that is asked of a floor. */
const SHARE_OF_REACH = 0.5

const isOutOfReach = ({ atLeast = 0, reach = Infinity }: Row) => atLeast > reach

export function isMissed(row: Row): boolean {
  const { figure, reach, atMost = Infinity } = row
  const atLeast = isOutOfReach(row) ? SHARE_OF_REACH * reach! : (row.atLeast ?? -Infinity)
  return figure !== undefined && !(figure >= atLeast && figure <= atMost)
}

/** A sentence for each goal that was out of reach, with what came nearest. */
export const outOfReach = (rows: readonly Row[]): string[] =>
  rows
    .filter(isOutOfReach)
    .map(
      ({ what, figure = NaN, reach = NaN, atLeast }) =>
        `Out of reach: ${what}: ${atLeast} is asked, ${reach.toFixed(2)} is the most that can be, ` +
        `${figure.toFixed(2)} was reached (${(figure / reach).toFixed(2)} of it; at least ${SHARE_OF_REACH})`,
    )

function verdict(row: Row): string {
  if (row.atLeast === undefined && row.atMost === undefined) return ''
  if (isMissed(row)) return 'MISSED'
  return isOutOfReach(row) ? 'out of reach' : 'met'
}

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
    verdict(row),
  ])
  const head = ['what', 'ours', 'floor', 'figure', 'goal', '']
  const all = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]!.length)))
  const text = (line: string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [text(head), rule, ...lines.map(text)].join('\n')
}
