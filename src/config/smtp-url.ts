/**
 * What an SMTP_URL says, and how safe it must be. A password leaves under TLS alone: from the start
 * (smtps), or after STARTTLS, without which nothing more is said. Excepted is this machine itself, by
 * the names that are always its own, where nobody stands in between; and shops with
 * SMTP_ALLOW_CLEARTEXT_PASSWORD. A relay without a login has no password to lose: its letters are
 * encrypted where it offers to. No word of the address undoes any of this.
 */
type SmtpServer = {
  host: string
  port: number | undefined
  /** TLS from the first byte. */
  secure: boolean
  login: { user: string; pass: string } | undefined
  starttls: 'required' | 'if-offered' | 'never'
}

/** As in a URL: an address of IPv6 stands in brackets. */
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

export const isThisMachine = (host: string) => THIS_MACHINE.test(host)

/** For an address without faults. */
export function readSmtpUrl(text: string, allowsCleartextPassword: boolean): SmtpServer {
  const url = new URL(text)
  const { username, password, searchParams: asked } = url
  const login =
    username || password ? { user: decoded(username), pass: decoded(password) } : undefined
  const mayBeClear = !login || allowsCleartextPassword || isThisMachine(url.hostname)
  const starttls =
    !mayBeClear || asked.get('requireTLS') === 'true'
      ? 'required'
      : asked.get('ignoreTLS') === 'true'
        ? 'never'
        : 'if-offered'
  return {
    host: plainHost(url.hostname),
    port: url.port === '' ? undefined : Number(url.port),
    secure: url.protocol === 'smtps:',
    login,
    starttls,
  }
}

/** The first word of an address that is not taken, with a sentence. */
export function faultOfSmtpUrl(text: string, allowsCleartextPassword: boolean): string | undefined {
  const url = new URL(text)
  for (const [name, value] of url.searchParams) {
    if (name === 'requireTLS' && value === 'true') continue
    if (name !== 'ignoreTLS' || value !== 'true')
      return `SMTP_URL has the parameter "${name}", which this shop does not take: take it out.`
    if (readSmtpUrl(text, allowsCleartextPassword).starttls === 'required')
      return `SMTP_URL has the parameter "${name}", with which the password would leave in clear: take it out. Whoever must send it so sets SMTP_ALLOW_CLEARTEXT_PASSWORD=on.`
  }
  return undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Without brackets; a name in another script as the DNS knows it. */
function plainHost(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  return hostname.includes('%') ? new URL(`https://${hostname}`).hostname : hostname
}
