/**
 * What CinetPay's newer API may say in place of the plain truth: answers as integrators met them in
 * 2026, and worse. Bodies and statuses only; what a line does to bytes is the line's.
 */
export type Spoken = { status: number; text: string }
export type Asked = {
  /** Lets CinetPay do what it is asked; what it would answer. */
  answer(): Promise<Spoken>
  /** What it says of another payment that was accepted, of the same amount. */
  ofAnotherPayment(): Promise<string | undefined>
}
export type Words = (asked: Asked) => Promise<Spoken> | Spoken

type Body = Record<string, unknown>

const said = (status: number, body: Body): Spoken => ({ status, text: JSON.stringify(body) })
const always = (status: number, body: Body) => () => said(status, body)
/** The deed is done, and the answer says something else. */
const after =
  (status: number, body: Body): Words =>
  async ({ answer }) => {
    await answer()
    return said(status, body)
  }
/** The true answer with its words changed. */
const changed =
  (change: (body: Body) => Body, status?: number): Words =>
  async ({ answer }) => {
    const spoken = await answer()
    const isJson = spoken.text.startsWith('{') && spoken.text.endsWith('}')
    return isJson ? said(status ?? spoken.status, change(JSON.parse(spoken.text) as Body)) : spoken
  }
const without = (...names: string[]) =>
  changed((body) => Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))) // prettier-ignore
const nested = (details: Body): Body => ({ code: 2010, status: 'FAILED', details })

/** A token that is not taken, in every shape that was met. */
export const TOKEN_REFUSALS: Record<string, Spoken> = {
  '401 without a body': { status: 401, text: '' },
  '1002 under 401': said(401, { code: 1002, status: 'INVALID_TOKEN' }),
  '1002 under 200': said(200, { code: '1002', status: 'INVALID_TOKEN' }),
  '1003 under 403': said(403, { code: 1003, status: 'EXPIRED_TOKEN' }),
  'code nested under 422': said(422, nested({ code: 1002 })),
  'word nested under 422': said(422, nested({ status: 'INVALID_TOKEN' })),
  '1003 nested under 200': said(200, nested({ code: 1003, status: 'EXPIRED_TOKEN' })),
}

/** Nobody is let in, whatever is asked. */
export const DENIALS: Record<'address' | 'keys', readonly Spoken[]> = {
  address: [
    said(403, { code: 2011, status: 'NOT_ALLOWED', description: 'This Ip is not withlisted' }),
    said(200, { code: 2011, status: 'NOT_ALLOWED', description: 'This Ip is not withlisted' }),
    said(422, nested({ code: 2011, status: 'NOT_ALLOWED' })),
  ],
  keys: [
    said(401, { code: 1005, status: 'INVALID_CREDENTIALS' }),
    said(200, { code: 1005, status: 'INVALID_CREDENTIALS' }),
    said(422, nested({ code: 1005, status: 'INVALID_CREDENTIALS' })),
  ],
}

/** On any call. */
const ANYWHERE: Record<string, Words> = {
  'an error under 200': always(200, { code: -1, status: 'OPERATION_ERROR' }),
  'done, and an error under 200': after(200, { code: -1, status: 'OPERATION_ERROR' }),
  'details null': changed((body) => ({ ...body, details: null })),
  'details a list': changed((body) => ({ ...body, details: [] })),
  'codes as text': changed(({ code, ...body }) => ({ ...body, code: String(code) })),
  'address refused, once': () => DENIALS.address[0]!,
  'keys refused, once': () => DENIALS.keys[0]!,
}

export const AT_LOGIN: Record<string, Words> = {
  ...ANYWHERE,
  '401 without a body': () => TOKEN_REFUSALS['401 without a body']!,
  'nested, and nothing known': always(422, nested({ code: 1 })),
  'no token': without('access_token'),
  'a token with a line end': changed((body) => ({ ...body, access_token: 'a\r\nx-a: b' })),
  'a life of a minute': changed((body) => ({ ...body, expires_in: 61 })),
  'a life of nothing': changed((body) => ({ ...body, expires_in: 0 })),
  'a life in words': changed((body) => ({ ...body, expires_in: 'soon' })),
}

const PAGES = {
  'a javascript: page': 'javascript:alert(1)',
  'an http: page elsewhere': 'http://secure.cinetpay.co/payment/x',
  'a page on another host': 'https://secure.cinetpay.co.example.net/payment/x',
  'a page behind a user name': 'https://secure.cinetpay.co@example.net/payment/x',
  'a page on the API’s host': 'https://api.cinetpay.co/payment/x',
}

/** Those that begin with `refused` are a clear no: nothing was made. */
export const AT_CREATION: Record<string, Words> = {
  ...ANYWHERE,
  'refused with 1004 under 422': always(422, { code: 1004, status: 'INVALID_PARAMS' }),
  'refused with 1004 under 200': always(200, { code: 1004, status: 'INVALID_PARAMS' }),
  'refused with 1004 nested': always(422, nested({ code: 1004 })),
  'refused, with 422 and no code': always(422, { message: 'The designation field is invalid.' }),
  'without our id': without('merchant_transaction_id'),
  'without any id': without('merchant_transaction_id', 'transaction_id'),
  'without tokens': without('payment_token', 'notify_token'),
  'without a page': without('payment_url'),
  'for another payment': changed((body) => ({ ...body, merchant_transaction_id: 'F'.repeat(24) })),
  'done, and said to exist under 422': after(422, { code: 1200, status: 'TRANSACTION_EXIST' }),
  'done, and said to exist under 200': after(200, { code: 1200, status: 'TRANSACTION_EXIST' }),
  'done, and said to exist under 400': after(400, nested({ code: 1200 })),
  'done, and failed for a nested reason': after(422, nested({ code: 2005 })),
  'done, and not allowed': after(403, { code: 2011, status: 'NOT_ALLOWED' }),
  // The call is made once more, under another token, and answered as one of an id that is taken.
  'done, and the token refused': after(422, nested({ code: 1002 })),
  'done, and 401 without a body': async ({ answer }) => {
    await answer()
    return TOKEN_REFUSALS['401 without a body']!
  },
  ...Object.fromEntries(
    Object.entries(PAGES).map(([kind, payment_url]) => [
      kind,
      changed((body) => ({ ...body, payment_url })),
    ]),
  ),
}

const SUCCESS = { code: 100, status: 'SUCCESS' }
const FAILED = { code: 2010, status: 'FAILED' }
/** A payment that is called ended although it may be paid: none of these is final. */
const ENDS = {
  '2003': 'EXPIRED',
  '2004': 'OTP_ERROR',
  '2005': 'INSUFFICIENT_BALANCE',
  '2006': 'USER_NOT_FOUND',
  '2007': 'USER_IS_BLOCKED',
  '2008': 'OTP_EXPIRED',
  '2010': 'FAILED',
}
const verdict = ({ code, status }: Body) => ({ code, status })

/** Whoever believes one of those that say SUCCESS gives away what nobody paid for. */
export const AT_STATUS: Record<string, Words> = {
  ...ANYWHERE,
  '404 under 422': always(422, { code: 404, status: 'NOT_FOUND' }),
  '404 without a body': () => ({ status: 404, text: '' }),
  '404 under 404': always(404, { code: 404, status: 'NOT_FOUND' }),
  'the answer for another payment': async ({ answer, ofAnotherPayment }) => {
    const { status, text } = await answer()
    return { status, text: (await ofAnotherPayment()) ?? text }
  },
  'SUCCESS without ids': always(200, SUCCESS),
  'SUCCESS with another payment’s id': changed((body) => ({
    ...body,
    ...SUCCESS,
    merchant_transaction_id: 'F'.repeat(24),
  })),
  // With the true verdict: where the creation's answer was lost, the shop knows no id of theirs.
  'another id of theirs': changed((body) => ({ ...body, transaction_id: 'f'.repeat(32) })),
  'SUCCESS under 2002': changed((body) => ({ ...body, ...SUCCESS, code: 2002 })),
  'SUCCESS under 200': changed((body) => ({ ...body, ...SUCCESS, code: 200 })),
  'SUCCESS without a code': changed((body) => ({ ...body, ...SUCCESS, code: '' })),
  '100 without a word': changed((body) => ({ ...body, ...SUCCESS, status: '' })),
  'SUCCESS under HTTP 422': changed((body) => ({ ...body, ...SUCCESS }), 422),
  'SUCCESS under HTTP 500': changed((body) => ({ ...body, ...SUCCESS }), 500),
  'SUCCESS at the top, FAILED in the details': changed((body) => ({ ...body, ...SUCCESS, details: FAILED })), // prettier-ignore
  'FAILED at the top, SUCCESS in the details': changed((body) => ({ ...body, ...FAILED, details: SUCCESS })), // prettier-ignore
  'the truth nested, the call called well': changed((body) => ({
    ...body,
    code: 200,
    status: 'OK',
    details: verdict(body),
  })),
  'the truth at the top, the call called well in the details': changed((body) => ({
    ...body,
    details: { code: 200, status: 'OK' },
  })),
  ...Object.fromEntries(
    Object.entries(ENDS).map(([code, status]) => [
      `${code} though it may be paid`,
      changed((body) => ({ ...body, code: Number(code), status })),
    ]),
  ),
  'a nested end though it may be paid': changed((body) => ({
    ...body,
    ...nested({ code: 2008, status: 'OTP_EXPIRED' }),
  })),
}
