/**
 * Whether `If-None-Match` names this tag: weakly, as a GET compares (RFC 9110, §13.1.2). Apache's
 * mod_deflate and others add a suffix to the tags that pass through them, and take none away.
 */
export function hasTag(ifNoneMatch: string | null | undefined, tag: string): boolean {
  if (!ifNoneMatch) return false
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^W\//, '')
      .replace(/(-|;)(gzip|br|zstd|deflate)(?="?$)/, '')
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag))
}

/** For a browser that has this page already: its headers, without those of a body. */
export function notModified(headers: Readonly<Record<string, string>>): Response {
  const { 'content-type': _, 'content-length': __, ...others } = headers
  return new Response(null, { status: 304, headers: others })
}
