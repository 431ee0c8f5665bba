/**
 * What is wrong with a PostgreSQL address: `other`: it is none; `signs`: unescaped characters in
 * its user or password.
 */
export function faultOfDatabaseUrl(text: string): 'other' | 'signs' | undefined {
  if (!/^postgres(ql)?:\/\/./.test(text)) return 'other'
  const [, scheme, authority, rest] = /^([^:]+:\/\/)([^/?#]*)(.*)$/s.exec(text)!
  const at = authority!.lastIndexOf('@')
  const [userInfo, hosts] = [authority!.slice(0, Math.max(at, 0)), authority!.slice(at + 1)]
  // A password with / ? or # ends the authority early, and one with @ starts the host early.
  if (userInfo.includes('@') || (at < 0 && rest!.includes('@'))) return 'signs'
  // `URL` cannot parse several hosts, as libpq allows: check with one of them.
  if (!URL.canParse(`${scheme}${authority!.slice(0, at + 1)}${hosts.split(',')[0]}${rest}`))
    return 'signs'
  try {
    decodeURIComponent(userInfo)
    return undefined
  } catch {
    return 'signs'
  }
}

/**
 * Parameters of libpq (postgresql.org/docs/18/libpq-connect.html) that hosts write into the addresses
 * that they show, and that mean nothing here. The driver (3.4.9) does not know them, and sends them
 * to the server as settings, which refuses the connection (42704). Parameters that ask for safety are
 * not among them: they are obeyed, or refused by name at the start.
 */
const IDLE = new Set(
  (
    'gssdelegation gssencmode gsslib keepalives keepalives_count keepalives_idle ' +
    'keepalives_interval krbsrvname load_balance_hosts sslcompression sslsni tcp_user_timeout'
  ).split(' '),
)

/**
 * An address as the driver takes it. `channel_binding=require` asks for proof that nobody stands
 * between; the driver has none, so the server's certificate is checked in its place.
 */
export function forDriver(url: string): string {
  const [address, query] = url.split(/\?(.*)/s)
  if (!query) return url
  const asked = new URLSearchParams(query)
  const binding = asked.get('channel_binding')
  const isSystem = asked.get('sslrootcert') === 'system'
  if (binding === 'require' || isSystem) asked.set('sslmode', 'verify-full')
  if (isSystem) asked.delete('sslrootcert')
  asked.delete('channel_binding')
  const kept = [...asked].filter(([name]) => !IDLE.has(name))
  return kept.length > 0 ? `${address}?${new URLSearchParams(kept).toString()}` : address!
}

/** Whether it lists several servers to choose from. */
export function namesSeveral(url: string): boolean {
  const [authority = ''] = url.replace(/^\w+:\/\//, '').split(/[/?#]/)
  return authority.slice(authority.lastIndexOf('@') + 1).includes(',')
}
