import { paths } from '../../links/addresses.ts'

/**
 * Where to go after signing in: a page of the desk, or undefined. Never another site, however it is
 * spelt.
 */
export function ownPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 1_000 || /\/\/|[\\\s\p{Cc}]/u.test(text)) return undefined
  if (!URL.canParse(text, 'http://desk')) return undefined
  const { origin, pathname } = new URL(text, 'http://desk')
  const isDesk = pathname === paths.desk || pathname.startsWith(`${paths.desk}/`)
  return text.startsWith('/') && origin === 'http://desk' && isDesk ? text : undefined
}
