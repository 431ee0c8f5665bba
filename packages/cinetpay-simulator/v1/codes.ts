import type { InBoth } from '../words.ts'

/** The newer API's codes, with the word that goes with each. */
const STATUSES = {
  '-1': 'OPERATION_ERROR',
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
  2003: 'EXPIRED',
  2004: 'OTP_ERROR',
  2005: 'INSUFFICIENT_BALANCE',
  2006: 'USER_NOT_FOUND',
  2007: 'USER_IS_BLOCKED',
  2008: 'OTP_EXPIRED',
  2010: 'FAILED',
  2011: 'NOT_ALLOWED',
} as const

export type V1Code = -1 | Exclude<keyof typeof STATUSES, '-1'>

/** A code and its word, as they stand together in an answer. */
type V1Said = { code: V1Code; status: string }

export const said = (code: V1Code): V1Said => ({ code, status: STATUSES[code] })

/** The results of the buttons that both APIs have. */
export const V1_REFUSALS = {
  balance: said(2005),
  code: said(2004),
  fail: said(2010),
  cancel: said(2010),
} as const

/** The buttons that only the newer API's page has. */
export const V1_DEEDS = {
  expired: { label: { fr: 'Délai dépassé (2003)', en: 'Time is over (2003)' }, says: said(2003) },
  stranger: {
    label: { fr: 'Numéro inconnu (2006)', en: 'Unknown number (2006)' },
    says: said(2006),
  },
  blocked: { label: { fr: 'Numéro bloqué (2007)', en: 'Blocked number (2007)' }, says: said(2007) },
  'late-code': { label: { fr: 'Code expiré (2008)', en: 'Code expired (2008)' }, says: said(2008) },
  error: { label: { fr: 'Erreur d’opération (-1)', en: 'Operation error (-1)' }, says: said(-1) },
  cancelled: {
    label: { fr: 'Mot CANCELLED (2010)', en: 'The word CANCELLED (2010)' },
    says: { code: 2010, status: 'CANCELLED' },
  },
} as const satisfies Record<string, { label: InBoth; says: V1Said }>

export type V1Deed = keyof typeof V1_DEEDS
