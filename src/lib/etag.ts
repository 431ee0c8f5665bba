/**
 * Whether `If-None-Match` names this tag: weakly, as a GET compares (RFC 9110, §13.1.2). Apache's
 * mod_deflate and others add a suffix to the tags that pass through them, and take none away.
 */
export function hasTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (!ifNoneMatch) return false
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^W\//, '')
      .replace(/(-|;)(gzip|br|zstd|deflate)(?="?$)/, '')
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag))
}
