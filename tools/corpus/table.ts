import { basename } from 'node:path'
import type { Judged } from './judge.ts'

/** So many readers, and a file is no damaged one. */
const ENOUGH_READERS = 3
/** Of each class of faults. */
const MOST_NAMES = 30

export function tableOf(all: readonly Judged[]): string {
  const lines: string[] = []
  const row = (...cells: (string | number)[]) => lines.push(`| ${cells.join(' | ')} |`)
  row('what', 'files')
  row('---', '---')
  row('looked at', all.length)
  const counts = new Map<string, number>()
  for (const one of all) counts.set(verdictOf(one), (counts.get(verdictOf(one)) ?? 0) + 1)
  for (const verdict of [...counts.keys()].sort((a, b) => a.localeCompare(b)))
    row(verdict, counts.get(verdict)!)

  const stamped = all.filter(({ readers }) => readers)
  for (const reader of ['poppler', 'mupdf', 'pdfium', 'pdfjs']) {
    const of = stamped.flatMap(({ readers }) => readers![reader] ?? [])
    const pages = of.reduce((sum, one) => sum + one.pages, 0)
    const changed = of.reduce((sum, one) => sum + one.changed.length, 0)
    const unseen = of.reduce((sum, one) => sum + one.unseen.length, 0)
    const stopped = of.filter((one) => one.stopped).length
    row(
      `drawn in ${reader}`,
      `${pages} pages: ${changed} changed beside the stamp, ${unseen} without it; ${stopped} files not to the end`,
    )
  }

  const looks = all.flatMap(({ look }) => ('millis' in look ? [look] : []))
  const times = looks.map(({ millis }) => millis).sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0)
  row('check and stamp', `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`)
  const memory = Math.max(0, ...looks.map(({ memoryBytes }) => memoryBytes))
  row('memory of that process', `${Math.round(memory / 1e6)} MB at most`)

  for (const [title, of] of FAULTS) {
    const found = all.flatMap((one) => {
      const detail = of(one)
      return detail === undefined ? [] : [`${nameOf(one.path)}${detail && `: ${detail}`}`]
    })
    if (found.length === 0) continue
    lines.push('', `${title} (${found.length}):`)
    lines.push(...found.slice(0, MOST_NAMES).map((name) => `  ${name}`))
    if (found.length > MOST_NAMES) lines.push(`  … and ${found.length - MOST_NAMES} more`)
  }
  return lines.join('\n')
}

const nameOf = (path: string) => path.split('/').slice(-2, -1).concat(basename(path)).join('/')

function verdictOf({ look }: Judged): string {
  if ('fell' in look) return `our check: ${look.fell}`
  if (!look.ok) return `refused: ${look.fault}`
  if (look.stamp === 'all') return 'taken and stamped'
  return look.stamp ? `taken, unstamped: ${look.stamp}` : `taken: ${look.mediaType}`
}

const pagesOf = (one: Judged, kind: 'changed' | 'unseen') => {
  const told = Object.entries(one.readers ?? {}).flatMap(([reader, found]) =>
    found[kind].length > 0
      ? [`${reader} p. ${found[kind].slice(0, 5).join(', ')}${found[kind].length > 5 ? ' …' : ''}`]
      : [],
  )
  return told.length > 0 ? told.join('; ') : undefined
}

/** What a person should look at: a title, and what is said of a file that belongs under it. */
const FAULTS: [string, (one: Judged) => string | undefined][] = [
  ['Our check fell or was late', ({ look }) => ('fell' in look ? look.fell : undefined)],
  [
    'Refused, and opened by others',
    ({ look, openedBy }) =>
      'ok' in look && !look.ok && look.fault !== 'pdf-password' && openedBy!.length > 0
        ? `${look.fault}; ${openedBy!.length >= ENOUGH_READERS ? '! ' : ''}${openedBy!.join(', ')}`
        : undefined,
  ],
  ['Changed beside the stamp', (one) => pagesOf(one, 'changed')],
  ['Stamp not seen', (one) => pagesOf(one, 'unseen')],
  [
    'Worse for qpdf than before',
    ({ qpdf }) => (qpdf && qpdf.after > qpdf.before ? `${qpdf.before} → ${qpdf.after}` : undefined),
  ],
  [
    'Sold unstamped',
    ({ look }) =>
      'ok' in look && look.ok && look.stamp !== 'all' && look.stamp !== '' ? look.stamp : undefined,
  ],
  [
    'Not drawn to the end',
    ({ readers }) => {
      const told = Object.entries(readers ?? {}).flatMap(([reader, { stopped, pages }]) =>
        stopped ? [`${reader}: ${stopped} after ${pages} pages`] : [],
      )
      return told.length > 0 ? told.join('; ') : undefined
    },
  ],
]
