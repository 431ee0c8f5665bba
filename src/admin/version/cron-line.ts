/**
 * What the host's clock runs. The secret is never shown: the line reads it where it stands, and hands it
 * to curl past the list of processes, which neighbours may see; elsewhere a word takes its place.
 */
export function cronLine(address: string, secretFile: string | undefined): string {
  const curl = 'curl -fsS -o /dev/null -X POST'
  if (secretFile === undefined) return `${curl} -H "Authorization: Bearer CRON_SECRET" ${address}`
  const header = String.raw`s/^CRON_SECRET=[\"']*\([^\"']*\).*/header = \"Authorization: Bearer \1\"/p`
  return `sed -n "${header}" ${quoted(secretFile)} | ${curl} -K - ${address}`
}

const quoted = (path: string) =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
