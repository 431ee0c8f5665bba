import { pagesOf } from './hand-made.ts'

/**
 * Pages whose drawing is not sound where it ends: what a stamp behind them would be swallowed, moved
 * or shrunk by. Each shows a grey field and "Page" in every reader; a stamp must be at its foot, and
 * nothing else of the page may change.
 */
const FIELD = 'q 0.9 0.95 1 rg 20 60 150 100 re f Q BT /F1 14 Tf 30 100 Td (Page) Tj ET'

export const pageOf = (content: string) =>
  pagesOf(['/MediaBox [0 0 300 400] /Resources <</Font <</F1 5 0 R>>>> /Contents 6 0 R'], {
    content,
  })

const closed = (extra: number, after: string) => pageOf(`${FIELD} ${'Q '.repeat(extra)} ${after}`)

/** What is drawn around the contents, and cannot be undone by closing states. */
export const unsound: Record<string, string> = {
  ...Object.fromEntries(
    [1, 2, 3, 7, 8, 12].flatMap((extra) => [
      [`q-too-few-${extra}`, closed(extra, '')],
      [`q-too-few-${extra}-clip`, closed(extra, '0 0 9 9 re W n')],
      [`q-too-few-${extra}-scale`, closed(extra, '0.1 0 0 0.1 0 0 cm')],
    ]),
  ),
  'q-too-few-moved': pageOf(`0.5 0 0 0.5 20 30 cm ${FIELD} Q ${FIELD}`),
  'q-too-few-coloured': pageOf(`0.9 0.2 0.1 rg ${FIELD} Q 200 200 50 50 re f`),
  'q-too-many-1': pageOf(`q 0.5 0 0 -0.5 0 300 cm ${FIELD}`),
  'q-too-many-4': pageOf(`q q q q 0.1 0 0 0.1 0 300 cm ${FIELD}`),
  'q-too-many-9': pageOf(`${'q 0.9 0 0 0.9 0 0 cm '.repeat(9)} ${FIELD}`),
  'q-both-ways': pageOf(`${FIELD} Q Q q q 0.1 0 0 0.1 0 0 cm`),
  'ends-in-a-string': pageOf(`${FIELD} BT /F1 9 Tf 30 300 Td (never closed`),
  'ends-in-a-hex-string': pageOf(`${FIELD} BT /F1 9 Tf 30 300 Td <48656c`),
  'ends-in-an-array': pageOf(`${FIELD} BT /F1 9 Tf 30 300 Td [(never) 20`),
  'ends-in-a-picture': pageOf(`${FIELD} q 9 0 0 9 30 300 cm BI /W 9 /H 9 /BPC 8 /CS /G ID abcdefg`),
  'ends-in-a-dictionary': pageOf(`${FIELD} /Span <</MCID 0`),
  'ends-in-text': pageOf(`${FIELD} BT /F1 9 Tf 0.1 0 0 0.1 30 300 Tm (never ended) Tj`),
  'ends-in-a-path': pageOf(`${FIELD} 100 100 m 200 200 l`),
  'ends-in-a-hidden-layer': pageOf(`${FIELD} /#4FC /Layer BDC`),
  'ends-in-a-clip': pageOf(`${FIELD} 0 0 9 9 re W`),
  'ends-in-a-comment': pageOf(`${FIELD} % of a hand`),
  'ends-in-a-number': pageOf(`${FIELD} 1 0 0`),
  'operator-in-error': pageOf(`${FIELD} 1 2 bogus /x cm ( ) re 5 Tf Q`),
  'operator-that-wants-more': pageOf(`${FIELD} q 5 Tf Q`),
  'operands-left-over': pageOf(`${FIELD} 1 2 3 4 5 6 7 8 (a) /B`),
}
