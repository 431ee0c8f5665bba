import type { ApiFaults } from '../api-faults.ts'
import { said, type V1Code } from './codes.ts'

/** Why an API call is refused. */
export type V1Refusal = { code: V1Code; message: string }

/** All measured refusals came with 422. */
const REFUSED = 422
const UNAUTHORIZED = 401

/** A refusal in the chosen shape: under HTTP 200, or with its code inside. */
export function refuse(
  { code, message }: V1Refusal,
  { errors }: ApiFaults,
  status = REFUSED,
): Response {
  // Their own spelling of the field, and of the sentence, where an address is refused.
  const told = { ...said(code), [code === 2011 ? 'description' : 'message']: message }
  const body = errors === 'nested' ? { ...said(2010), details: told } : told
  return Response.json(body, { status: errors === 'http-200' ? 200 : status })
}

export const refuseAddress = (faults: ApiFaults) =>
  refuse({ code: 2011, message: 'This Ip is not withlisted' }, faults)

/** A token that is invalid or expired, in each of the shapes that were seen. */
export function refuseToken(code: 1002 | 1003, faults: ApiFaults): Response {
  const message = 'Log in again.'
  switch (faults.token) {
    case 'http-401':
      return Response.json({ message: 'Unauthenticated.' }, { status: UNAUTHORIZED })
    case '1002':
    case '1003':
      return refuse({ code: faults.token === '1002' ? 1002 : 1003, message }, faults, 200)
    case 'nested-code': {
      const details = { code: 1002, message }
      return Response.json({ ...said(2010), details }, { status: REFUSED })
    }
    case 'nested-word': {
      const details = { status: said(1002).status, message }
      return Response.json({ ...said(2010), details }, { status: REFUSED })
    }
    default:
      return refuse({ code, message }, faults, UNAUTHORIZED)
  }
}

/** An unknown payment. */
export function refuseUnknown(faults: ApiFaults): Response {
  if (faults.unknown === '404-empty') return new Response(null, { status: 404 })
  const status = faults.unknown === '404' ? 404 : REFUSED
  return refuse({ code: 404, message: 'Unknown payment.' }, faults, status)
}

export const badGateway = () =>
  new Response('<html><title>502</title><h1>502 Bad Gateway</h1></html>', {
    status: 502,
    headers: { 'Content-Type': 'text/html' },
  })
