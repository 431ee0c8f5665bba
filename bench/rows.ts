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
   * What the part that nothing can leave out makes by itself, as a figure of the same run. A better
   * goal is out of reach of any program around that part, and so is shown to be in each run.
   */
  reach?: number
}

type Goal = Pick<Row, 'atLeast' | 'atMost'>

/** Of what is in reach; the same share that is asked of a floor. */
const SHARE_OF_REACH = 0.5

const isMet = ({ atLeast = -Infinity, atMost = Infinity }: Goal, figure: number) =>
  figure >= atLeast && figure <= atMost

const isOutOfReach = (row: Row) => row.reach !== undefined && !isMet(row, row.reach)

/** What is asked where a goal is out of reach: half as good as can be. */
const nearest = ({ atLeast, reach = NaN }: Row): Goal =>
  atLeast === undefined ? { atMost: reach / SHARE_OF_REACH } : { atLeast: reach * SHARE_OF_REACH }

export const isMissed = (row: Row): boolean =>
  row.figure !== undefined && !isMet(isOutOfReach(row) ? nearest(row) : row, row.figure)

const goalText = ({ atLeast, atMost }: Goal, digits?: number) => {
  const number = atLeast ?? atMost
  if (number === undefined) return ''
  return `${atLeast === undefined ? '≤' : '≥'} ${digits === undefined ? number : number.toFixed(digits)}`
}

/** A sentence for each goal that was out of reach, with what came nearest. */
export const outOfReach = (rows: readonly Row[]): string[] =>
  rows
    .filter(isOutOfReach)
    .map(
      (row) =>
        `Out of reach: ${row.what}: ${goalText(row)} is the goal, ${row.reach!.toFixed(2)} the best that can be, ` +
        `${goalText(nearest(row), 2)} is asked then, ${row.figure?.toFixed(2)} was reached`,
    )

function verdict(row: Row): string {
  if (goalText(row) === '') return ''
  if (isMissed(row)) return 'MISSED'
  return isOutOfReach(row) ? 'out of reach' : 'met'
}

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.what,
    row.ours,
    row.floor,
    row.figure === undefined ? '' : row.figure.toFixed(2),
    goalText(row),
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
