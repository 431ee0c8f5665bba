/** One visitor holds a whole /64 of IPv6, so that is what is counted. */
export function network(address: string): string {
  if (!address.includes(':')) return address
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice(7)
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const filled = [
    ...groups,
    ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'),
    ...rest,
  ]
  return filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
