import { LIGHT_SLOT } from '../../data/books/books.ts'
import { STAMP_CHOICES } from '../../data/books/file-stamps.ts'
import type { FileStampChoice } from '../../data/books/file-stamps.ts'
import type { MediaType } from '../../storage/media-type.ts'
import { oneLine } from '../../forms/shapes.ts'
import { slugOf } from '../../lib/slug.ts'
import { MAX_FILE_BYTES, MAX_TITLE } from './limits.ts'

/** What somebody wants to upload, and to which slot: read from the form, with the fault of each field. */
export type What = {
  name: string
  sizeBytes: number
  slot: string
  title: string
  isSample: boolean
  stamp: FileStampChoice
}

export type WhatFault = 'no-file' | 'too-large' | 'slot' | 'title' | 'title-missing'

/** The field that each fault belongs to. */
export const FAULT_FIELDS: Record<WhatFault, 'file' | 'slot' | 'title'> = {
  'no-file': 'file',
  'too-large': 'file',
  slot: 'slot',
  title: 'title',
  'title-missing': 'title',
}

/** The form's choices that are no existing slot. */
export const NEW_SAMPLE = 'nouvel-extrait'
export const NEW_FILE = 'autre-fichier'

type Slot = { slot: string; title: string; isSample: boolean }

export function readWhat(
  fields: ReadonlyMap<string, string>,
  file: { name: string; sizeBytes: number },
  slots: readonly Slot[],
): { ok: true; what: What } | { ok: false; fault: WhatFault } {
  const refuse = (fault: WhatFault) => ({ ok: false, fault }) as const
  const { sizeBytes } = file
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1) return refuse('no-file')
  if (sizeBytes > MAX_FILE_BYTES) return refuse('too-large')
  const title = oneLine(fields.get('title') ?? '')
  if ([...title].length > MAX_TITLE) return refuse('title')
  const stamp = readStamp(fields.get('stamp'))
  const what = { name: tidyName(file.name), sizeBytes, stamp }

  const asked = fields.get('slot') ?? ''
  const known = slots.find(({ slot }) => slot === asked)
  if (known) {
    const { slot, isSample } = known
    return { ok: true, what: { ...what, slot, isSample, title: title || known.title } }
  }
  if (asked === 'livre' || asked === LIGHT_SLOT)
    return { ok: true, what: { ...what, slot: asked, title, isSample: false } }
  const isSample = asked === NEW_SAMPLE
  if (!isSample && asked !== NEW_FILE) return refuse('slot')
  if (!isSample && title === '') return refuse('title-missing')
  const slot = freeSlot(isSample ? 'extrait' : slugOf(title) || 'fichier', slots)
  return { ok: true, what: { ...what, slot, title, isSample } }
}

/** The form's choice; one page in ten by default. */
export const readStamp = (text: string | undefined): FileStampChoice =>
  STAMP_CHOICES.find((choice) => choice === text) ?? 'tenth'

/** `bonus`, or `bonus-2` if that is taken: a new file replaces nothing. */
function freeSlot(wanted: string, slots: readonly Slot[]): string {
  const taken = new Set(['livre', LIGHT_SLOT, ...slots.map(({ slot }) => slot)])
  let name = wanted
  for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`
  return name
}

const MAX_NAME = 120
const ENDINGS: Record<MediaType, [string, ...string[]]> = {
  'application/pdf': ['.pdf'],
  'application/epub+zip': ['.epub'],
  'audio/mpeg': ['.mp3'],
  'audio/mp4': ['.m4a', '.m4b'],
}

/** The file's own name: without folders, invisible characters and direction marks. */
function tidyName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').replace(/^[. ]+|[. ]+$/g, '')
  const [, stem = clean, ending = ''] = /^(.*)(\.[a-z0-9]{1,8})$/i.exec(clean) ?? []
  return [...stem].slice(0, MAX_NAME).join('').trimEnd() + ending || 'fichier'
}

/**
 * A book is never delivered as `livre.exe`, whatever it was called: its content decides the
 * extension.
 */
export function nameFor(name: string, mediaType: MediaType): string {
  const endings = ENDINGS[mediaType]
  if (endings.some((ending) => name.toLowerCase().endsWith(ending))) return name
  return `${name.replace(/(?<=.)\.[a-z0-9]{1,8}$/i, '')}${endings[0]}`
}
