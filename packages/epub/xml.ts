/**
 * A tree of what the few XML files that steer an EPUB say. It is safe by what it does not do: it
 * declares no entity, fetches nothing, and ends after so many elements. It is lenient where readers
 * are: an end tag too many is passed over, a missing one is added. fast-xml-parser knows no
 * namespaces, saxes has not moved since 2021, xmldom is 100 KB of a DOM: this reads four small files.
 */
export type Element = {
  /** Without its prefix. */
  name: string
  /** The namespace of its prefix, or empty. */
  space: string
  /** `name`, or `space name` where it has a prefix. */
  attributes: ReadonlyMap<string, string>
  children: (Element | string)[]
}

/** Beginnings and ends; a package of 10 000 files has 40 000. */
const MAX_TAGS = 100_000
/** Per text or attribute; nothing that we need is longer. */
const MAX_TEXT = 10_000
const MAX_DEPTH = 200

/** The prefixes valid inside an element: its own, then those around it. */
type Scope = { own: ReadonlyMap<string, string>; around?: Scope }
type Open = { element: Element; scope: Scope }

/** The root element; undefined if there is none. */
export function readXml(bytes: Uint8Array): Element | undefined {
  const text = textOf(bytes)
  const open: Open[] = []
  let root: Element | undefined
  let tags = 0
  const add = (child: Element | string) => open.at(-1)?.element.children.push(child)

  for (let at = 0; at < text.length && !(root && open.length === 0);) {
    const mark = text.indexOf('<', at)
    if (mark !== at) add(unescaped(text.slice(at, mark < 0 ? undefined : mark)))
    if (mark < 0) break
    const skipped = skip(text, mark)
    if (skipped) {
      if (skipped.text) add(skipped.text.slice(0, MAX_TEXT))
      at = skipped.end
    } else if (text[mark + 1] === '/') {
      const end = text.indexOf('>', mark)
      if (end < 0 || ++tags > MAX_TAGS) break
      const name = localName(text.slice(mark + 2, end).trim())
      const depth = open.findLastIndex(({ element }) => element.name === name)
      if (depth >= 0) open.length = depth
      at = end + 1
    } else {
      const tag = readTag(text, mark)
      if (!tag || ++tags > MAX_TAGS || open.length === MAX_DEPTH) break
      const opened = elementOf(tag, open.at(-1)?.scope ?? XML_SCOPE)
      add(opened.element)
      root ??= opened.element
      if (!tag.isEmpty) open.push(opened)
      at = tag.end
    }
  }
  return root
}

/** Skips what is no element: comments, instructions, declarations; keeps the text of CDATA. */
function skip(text: string, at: number): { end: number; text?: string } | undefined {
  const after = (mark: string, from: number) => {
    const end = text.indexOf(mark, from)
    return end < 0 ? text.length : end + mark.length
  }
  if (text.startsWith('<!--', at)) return { end: after('-->', at + 4) }
  if (text.startsWith('<?', at)) return { end: after('?>', at + 2) }
  if (text.startsWith('<![CDATA[', at)) {
    const end = after(']]>', at + 9)
    return { end, text: text.slice(at + 9, end - 3) }
  }
  if (!text.startsWith('<!', at)) return undefined
  const end = after('>', at)
  const inner = text.slice(at, end).indexOf('[')
  return { end: inner < 0 ? end : after('>', after(']', at + inner)) }
}

const NAME = /<([^\s/>=<"']+)/y
const ATTRIBUTE = /\s+([^\s/>=<"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y
const TAG_END = /\s*(\/?)>/y

type Tag = { name: string; attributes: [string, string][]; isEmpty: boolean; end: number }

function readTag(text: string, at: number): Tag | undefined {
  const match = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from
    return pattern.exec(text)
  }
  const named = match(NAME, at)
  if (!named) return undefined
  const attributes: [string, string][] = []
  let end = NAME.lastIndex
  for (let found = match(ATTRIBUTE, end); found; found = match(ATTRIBUTE, end)) {
    attributes.push([found[1]!, unescaped(found[2] ?? found[3] ?? '')])
    end = ATTRIBUTE.lastIndex
  }
  const closed = match(TAG_END, end)
  return closed
    ? { name: named[1]!, attributes, isEmpty: closed[1] === '/', end: TAG_END.lastIndex }
    : undefined
}

const XML_SCOPE: Scope = { own: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]) }

const NONE: Element['attributes'] = new Map()

/** Namespaces in XML 1.0: a prefix holds for the element that declares it, and inside of it. */
function elementOf({ name, attributes }: Tag, around: Scope): Open {
  const own = attributes.filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))
  const scope =
    own.length === 0 ? around : { own: new Map(own.map(([key, to]) => [key.slice(6), to])), around }
  const element: Element = {
    name: localName(name),
    space: spaceOf(name, scope),
    attributes:
      attributes.length === 0
        ? NONE
        : new Map(
            attributes.map(([key, value]) => [
              key.includes(':') ? `${spaceOf(key, scope)} ${localName(key)}` : key,
              value,
            ]),
          ),
    children: [],
  }
  return { element, scope }
}

function spaceOf(name: string, scope: Scope): string {
  const prefix = prefixOf(name)
  for (let inside: Scope | undefined = scope; inside; inside = inside.around) {
    const space = inside.own.get(prefix)
    if (space !== undefined) return space
  }
  return ''
}

const prefixOf = (name: string) => name.slice(0, Math.max(0, name.indexOf(':')))
const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const ENTITIES: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0',
} // prettier-ignore

const unescaped = (text: string) =>
  text
    .slice(0, MAX_TEXT)
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (whole, hex, decimal, name) => {
      if (name) return Object.hasOwn(ENTITIES, name as string) ? ENTITIES[name as string]! : whole
      const code = hex ? Number.parseInt(hex as string, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : ''
    })

/** By its byte order mark, else by its declaration, else UTF-8. */
function textOf(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const said = /^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1]
  const label =
    head.startsWith('\xff\xfe') || head.startsWith('<\0')
      ? 'utf-16le'
      : head.startsWith('\xfe\xff') || head.startsWith('\0<')
        ? 'utf-16be'
        : (said ?? 'utf-8')
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

/** The elements of that name in a namespace, or in none, in the order of the text. */
export function elementsOf(element: Element, space: string, name: string): Element[] {
  const found: Element[] = []
  const look = (one: Element) => {
    const isSo = one.name.toLowerCase() === name && (one.space === space || one.space === '')
    if (isSo) found.push(one)
    for (const child of one.children) if (typeof child !== 'string') look(child)
  }
  look(element)
  return found
}

/** The text of an element, in one line. */
export function textIn(element: Element): string {
  const flat = ({ children }: Element): string =>
    children.map((child) => (typeof child === 'string' ? child : flat(child))).join('')
  return flat(element).replace(/\s+/g, ' ').trim()
}
