import { elementsOf, textIn } from './xml.ts'
import type { Element } from './xml.ts'

/** What a package document says about its book (EPUB 3.3, 5; OPF 2.0.1), as far as a shop needs it. */
export type Package = {
  title: string | undefined
  authors: string[]
  /** As written there: `fr`, `fr-SN`, `fre`. */
  language: string | undefined
  /** Names in the zip: the cover picture, and the table of contents in either format. */
  cover: string | undefined
  contents: { nav: string | undefined; ncx: string | undefined }
  /** Names in the zip, in reading order, without files that are only looked up. */
  spine: string[]
  /** Those of them that nothing in the list of files stands for: readers step over them. */
  unlisted: ReadonlySet<string>
}

const DC = 'http://purl.org/dc/elements/1.1/'
/** Of attributes; elements are in the space of the outermost, which older and careless books name otherwise. */
const OPF = 'http://www.idpf.org/2007/opf'
const NCX = 'http://www.daisy.org/z3986/2005/ncx/'
const XHTML = 'http://www.w3.org/1999/xhtml'
const OPS = 'http://www.idpf.org/2007/ops'

/** The path of the package document, from `META-INF/container.xml` (OCF 4.2.6.3.1). */
export function packageIn(container: Element | undefined): string | undefined {
  const files = container ? elementsOf(container, container.space, 'rootfile') : []
  const isPackage = (file: Element) =>
    file.attributes.get('media-type') === 'application/oebps-package+xml'
  const path = (files.find(isPackage) ?? files[0])?.attributes.get('full-path')
  return path && nameIn('', path)
}

/** `name` is the document's own; the other names are relative to it. */
export function readPackage(root: Element, name: string): Package {
  const all = (space: string, tag: string) => elementsOf(root, space, tag)
  const own = root.space
  const metas = all(own, 'meta')
  const items = all(own, 'item').flatMap((item) => {
    const [id, href] = [item.attributes.get('id'), item.attributes.get('href')]
    return id && href ? [{ id, name: nameIn(name, href), attributes: item.attributes }] : []
  })
  const byId = new Map(items.map((item) => [item.id, item]))
  const withProperty = (property: string) =>
    items.find(({ attributes }) =>
      (attributes.get('properties') ?? '').split(/\s+/).includes(property),
    )
  const coverId = metas
    .find(({ attributes }) => attributes.get('name') === 'cover')
    ?.attributes.get('content')
  const spine = all(own, 'spine')[0]
  const refs = (spine ? elementsOf(spine, own, 'itemref') : []).map(({ attributes }) => attributes)
  const inOrder = refs.filter((ref) => ref.get('linear') !== 'no')
  // An id that is not in the manifest is reported missing under that id.
  const ids = (inOrder.length > 0 ? inOrder : refs).flatMap((ref) => ref.get('idref') || [])
  return {
    title: all(DC, 'title').map(textIn).find(Boolean),
    authors: authorsOf(all(DC, 'creator'), metas),
    language: all(DC, 'language').map(textIn).find(Boolean),
    cover: (withProperty('cover-image') ?? byId.get(coverId ?? ''))?.name,
    contents: {
      nav: withProperty('nav')?.name,
      ncx: (
        byId.get(spine?.attributes.get('toc') ?? '') ??
        items.find(({ attributes }) => attributes.get('media-type') === 'application/x-dtbncx+xml')
      )?.name,
    },
    spine: ids.map((id) => byId.get(id)?.name ?? id),
    unlisted: new Set(ids.filter((id) => !byId.has(id))),
  }
}

/** The authors; all creators if none is marked as an author. */
function authorsOf(creators: Element[], metas: Element[]): string[] {
  const roles = new Map(
    metas
      .filter(({ attributes }) => attributes.get('property') === 'role')
      .map((meta) => [meta.attributes.get('refines'), textIn(meta)]),
  )
  const roleOf = ({ attributes }: Element) =>
    attributes.get(`${OPF} role`) ?? roles.get(`#${attributes.get('id')}`) ?? 'aut'
  const writers = creators.filter((creator) => roleOf(creator) === 'aut')
  const names = (writers.length > 0 ? writers : creators).map(textIn)
  return [...new Set(names.filter(Boolean))]
}

/** A chapter and the name of its file in the zip. */
export type Chapter = { title: string; name: string | undefined }

/** The uppermost level of a table of contents (EPUB 3.3, 7.4; NCX, 2.4.1); `name` is its own. */
export function readContents(root: Element, name: string): Chapter[] {
  const navs = elementsOf(root, XHTML, 'nav')
  const nav = navs.find(({ attributes }) => attributes.get(`${OPS} type`) === 'toc') ?? navs[0]
  const list = nav ? elementsOf(nav, XHTML, 'ol')[0] : elementsOf(root, NCX, 'navmap')[0]
  if (!list) return []
  return list.children.flatMap((child) => {
    if (typeof child === 'string' || !['li', 'navPoint'].includes(child.name)) return []
    const [label] = nav
      ? child.children.filter((one) => typeof one !== 'string')
      : elementsOf(child, NCX, 'text')
    const title = label && textIn(label)
    const href = nav
      ? label?.attributes.get('href')
      : elementsOf(child, NCX, 'content')[0]?.attributes.get('src')
    return title ? [{ title, name: href ? nameIn(name, href) : undefined }] : []
  })
}

/** The name in the zip that a relative reference means (OCF 4.2.5). */
function nameIn(from: string, href: string): string {
  // Some of Windows turn the slash round, here as in the zip.
  const [path = ''] = href.trim().replaceAll('\\', '/').split(/[?#]/)
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(unquoted(step))
  }
  return steps.join('/')
}

function unquoted(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
