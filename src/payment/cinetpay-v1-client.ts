/**
 * What CinetPay's newer API must be told of a buyer. A first and a last name are made of the one
 * name that was typed, and nothing is invented: a single word stands for both.
 */
export function clientNames(name: string): { first: string; last: string } {
  const plain = name
    .replace(/[^\p{L}\p{M}\p{N}'’. -]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, MAX_NAME)
    .trim()
  const whole = (plain === '' ? 'Client' : plain).padEnd(MIN_NAME, '.')
  const [first = '', ...rest] = whole.split(' ')
  const last = rest.join(' ')
  const isSplit = first.length >= MIN_NAME && last.length >= MIN_NAME
  return isSplit ? { first, last } : { first: whole, last: whole }
}

const MIN_NAME = 2
const MAX_NAME = 255

/** An e-mail address is compulsory there and optional here: without one, an address of our own. */
export function clientEmail(email: string | null, orderCode: string, mailHost: string): string {
  return email ?? `commande-${orderCode.toLowerCase()}@${mailHost}`
}
