/** What the shop asks of CinetPay, in the words of either API. */
export type AskedFor = {
  what: 'login' | 'creation' | 'check' | 'trace'
  /** Our id of the payment, where the call is about one. */
  id: string
}

export function readCall(path: string, body: string): AskedFor {
  if (path === '/cdn-cgi/trace') return { what: 'trace', id: '' }
  if (path === '/v1/oauth/login') return { what: 'login', id: '' }
  const asked = /^\/v1\/payment\/(\w+)$/.exec(path)?.[1]
  if (asked) return { what: 'check', id: asked }
  const fields = JSON.parse(body) as Record<string, string>
  const id = fields['merchant_transaction_id'] ?? fields['transaction_id']!
  return { what: path === '/v2/payment/check' ? 'check' : 'creation', id }
}

/** Strict, with what some would take for a no: the call was sent twice. */
export const SENT_TWICE = {
  v1: { status: 422, text: '{"code":1004,"status":"INVALID_PARAMS"}' },
  v2: { status: 400, text: '{"code":"608","message":"MINIMUM_REQUIRED_FIELDS"}' },
}

/** What CinetPay's front tells a caller of his address. */
export const TRACE = { status: 200, text: 'fl=1\nip=203.0.113.7\nts=1\n' }
