/**
 * The crontab line. The secret is never printed: the line reads it from its file and passes it to
 * curl on stdin, out of sight of the process list, which neighbours can read. Where there is no
 * such file, a placeholder takes its place.
 */
export function cronLine(address: string, secretFile: string | undefined): string {
  const curl = 'curl -fsS -o /dev/null -X POST'
  if (secretFile === undefined) return `${curl} -H "Authorization: Bearer CRON_SECRET" ${address}`
  const header = String.raw`s/^CRON_SECRET=[\"']*\([^\"']*\).*/header = \"Authorization: Bearer \1\"/p`
  return `sed -n "${header}" ${quoted(secretFile)} | ${curl} -K - ${address}`
}

const quoted = (path: string) =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
