/**
 * Charts drawn by the server, as pure functions of their numbers: inline SVG that fits a phone of 360
 * px, takes its colours from the stylesheet's classes and carries a title and a description for
 * people who hear it. Every chart stands before a table of the same numbers.
 */
const WIDTH = 340
const FONT = 12
/** The average width of a letter, so that a long name ends before the number beside it. */
const LETTER = 6.4

type Told = { id: string; title: string; description: string }
const told = ({ id }: Told) => ({
  role: 'img',
  class: 'chart',
  'aria-labelledby': `${id}-title ${id}-desc`,
})

function Said({ id, title, description }: Told) {
  return (
    <>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
    </>
  )
}

type Column = {
  value: number
  /** Shown under the column where there is room. */
  label: string
  /** Shown when the column is pointed at. */
  told: string
}

type ColumnChartProps = Told & { columns: Column[]; writeTick: (value: number) => string }

const TOP = 10
const FLOOR = 168
const AXIS = 44

/** Upright columns, for a development over time. */
export function ColumnChart({ columns, writeTick, ...props }: ColumnChartProps) {
  const top = niceTop(Math.max(...columns.map(({ value }) => value)))
  const heightOf = (value: number) => ((FLOOR - TOP) * value) / top
  const step = (WIDTH - AXIS) / columns.length
  const gap = Math.min(4, step * 0.25)
  const labelled = pickLabels(columns, step)
  return (
    <svg viewBox={`0 0 ${WIDTH} 190`} {...told(props)}>
      <Said {...props} />
      {[0, top / 2, top].map((tick) => (
        <>
          <line
            class={tick === 0 ? 'ground' : 'grid'}
            x1={AXIS}
            x2={WIDTH}
            y1={FLOOR - heightOf(tick)}
            y2={FLOOR - heightOf(tick)}
          />
          <text x={AXIS - 6} y={FLOOR - heightOf(tick) + 4} font-size={FONT} text-anchor="end">
            {writeTick(tick)}
          </text>
        </>
      ))}
      {columns.map((column, place) => (
        <rect
          class="bar"
          x={round(AXIS + place * step + gap / 2)}
          y={round(FLOOR - heightOf(column.value))}
          width={round(step - gap)}
          height={round(heightOf(column.value))}
        >
          <title>{column.told}</title>
        </rect>
      ))}
      {labelled.map(({ text, middle }) => (
        <text x={round(middle)} y={FLOOR + 17} font-size={FONT} text-anchor="middle">
          {text}
        </text>
      ))}
    </svg>
  )
}

/** Picks labels from the last one backwards, so that they touch neither each other nor the edges. */
function pickLabels(columns: readonly Column[], step: number) {
  const picked: { text: string; middle: number }[] = []
  let free = WIDTH
  for (let place = columns.length - 1; place >= 0; place--) {
    const text = columns[place]!.label
    const half = (text.length * LETTER) / 2
    const wanted = AXIS + (place + 0.5) * step
    const middle = Math.min(wanted, WIDTH - half)
    if (text === '' || middle + half > free || middle - half < 0) continue
    picked.push({ text, middle })
    free = middle - half - LETTER
  }
  return picked
}

type Bar = { value: number; name: string; written: string }

const ROW = 38

/** Horizontal bars, for the parts of a whole: each under its name and number. */
export function BarChart({ bars, ...props }: Told & { bars: Bar[] }) {
  const longest = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <svg viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} {...told(props)}>
      <Said {...props} />
      {bars.map(({ value, name, written }, place) => (
        <g>
          <title>{`${name} : ${written}`}</title>
          <text x="0" y={place * ROW + 14} font-size={FONT + 1} class="strong">
            {shorten(name, Math.floor((WIDTH - written.length * LETTER - 24) / (LETTER + 0.6)))}
          </text>
          <text x={WIDTH} y={place * ROW + 14} font-size={FONT + 1} text-anchor="end">
            {written}
          </text>
          <rect class="track" x="0" y={place * ROW + 20} width={WIDTH} height="8" rx="2" />
          <rect
            class="bar"
            x="0"
            y={place * ROW + 20}
            width={value === 0 ? 0 : round(Math.max(2, (WIDTH * value) / longest))}
            height="8"
            rx="2"
          />
        </g>
      ))}
    </svg>
  )
}

const NICE = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]

/** A round number not below the highest column, whose half is round too. */
export function niceTop(highest: number): number {
  if (highest <= 0) return 2
  const scale = 10 ** Math.floor(Math.log10(highest))
  const nice = NICE.find((number) => number * scale >= highest) ?? 10
  return Math.max(2, nice * scale)
}

const round = (number: number) => Math.round(number * 100) / 100

function shorten(text: string, letters: number): string {
  const all = [...text]
  return all.length <= letters
    ? text
    : `${all
        .slice(0, Math.max(1, letters - 1))
        .join('')
        .trimEnd()}…`
}
