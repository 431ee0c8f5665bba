/** The newer API's codes, with the word that goes with each. */
export const STATUSES = {
  100: 'SUCCESS',
  200: 'OK',
  404: 'NOT_FOUND',
  1002: 'INVALID_TOKEN',
  1003: 'EXPIRED_TOKEN',
  1004: 'INVALID_PARAMS',
  1005: 'INVALID_CREDENTIALS',
  1200: 'TRANSACTION_EXIST',
  2001: 'INITIATED',
  2002: 'PENDING',
  2005: 'INSUFFICIENT_BALANCE',
  2010: 'FAILED',
  2011: 'NOT_ALLOWED',
} as const

export type V1Code = keyof typeof STATUSES

/** What an API call is refused for. */
export type V1Refusal = { code: V1Code; message: string }

/** Most refusals come with HTTP 200: the body is what counts. */
const HTTP_STATUSES: Partial<Record<V1Code, number>> = { 404: 404, 1004: 422 }

export function refuse({ code, message }: V1Refusal, status = HTTP_STATUSES[code] ?? 200) {
  return Response.json({ code, status: STATUSES[code], message }, { status })
}
