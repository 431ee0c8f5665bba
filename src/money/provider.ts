import type { Currency } from './currency.ts'

/**
 * The contract with a payment provider: begin a payment, read a notice, check a payment. Answers are
 * values; nothing here throws for what the outside does. A provider's own words (codes, field names)
 * stop in its file.
 */
export type Provider = {
  /** Stands with each payment, which is asked about by the one that began it. */
  readonly name: string
  /** No money moves: orders are marked, and a real shop delivers nothing for them. */
  readonly isPlayMoney: boolean
  /** How its notices are written; a provider that writes JSON may send forms, too. */
  readonly noticeFormat: 'form' | 'json'
  /** Whether an accepted payment names its operator, and the operator's reference. */
  readonly tells: { readonly operator: boolean; readonly reference: boolean }
  /** Origins of the payment pages it may hand out; the CSP lists them, nothing else is followed. */
  readonly pageOrigins: readonly string[]
  begin(payment: PaymentToBegin): Promise<BeginAnswer>
  /** Reads a notice that reached us. A true signature proves the sender, not the content. */
  readNotice(notice: ReceivedNotice): Promise<NoticeReading>
  /** A notice as the provider would send it, about this id: for the doctor, who sends it to us. */
  sampleNotice(transactionId: string): Promise<SampleNotice>
  check(payment: PaymentToCheck): Promise<CheckAnswer>
  /** Whether our keys are accepted over there; moves nothing. */
  probe(): Promise<ProbeAnswer>
  /**
   * Our address as its edge sees it, where it has a list of callers; undefined when it does not say.
   */
  addressSeen?(): Promise<string | undefined>
}

export type PaymentToBegin = {
  transactionId: string
  orderCode: string
  amount: number
  currency: Currency
  description: string
  buyer: { name: string; email: string | null }
  language: 'fr' | 'en'
  returnUrl: string
  notifyUrl: string
}

export type BeginAnswer =
  | ({ kind: 'begun'; pageUrl: string; token: string } & Partial<Known>)
  /** A clear no: this payment will never live. `reason` goes to the log. */
  | { kind: 'refused'; reason: string }
  | Denied
  /** Time-out or nonsense: the payment may exist over there. */
  | { kind: 'unknown'; reason: string }

/**
 * None of our calls is let in: the caller's address is not on the provider's list, or it does not know
 * the keys. The seller's to mend; it says nothing of any payment, and is never a buyer's refusal.
 */
export type Denied = { kind: 'denied'; why: Denial; reason: string }
export type Denial = 'address' | 'keys'

/** What a provider tells at the beginning, to know its notices and its answers by. */
type Known = { notifyTokenHash: string; providerTransactionId: string }

export type ReceivedNotice = { headers: Headers; fields: ReadonlyMap<string, string> }

export type SampleNotice = { headers: Record<string, string>; body: string }

export type NoticeReading =
  /** `record` is what may be kept: personal data already masked. Two that have `said` the same are one. */
  | { kind: 'genuine'; transactionId: string; said: string; record: Redacted }
  /** Unsigned: true when `proofHash` is the hash kept since the payment began. */
  | { kind: 'claims'; transactionId: string; proofHash: string; record: Redacted }
  | { kind: 'foreign'; reason: string }
  | { kind: 'forged'; reason: string }

export type PaymentToCheck = {
  transactionId: string
  amount: number
  currency: Currency
  /** The provider's own id, where it told us one. */
  providerTransactionId: string | null
}

export type CheckAnswer =
  | {
      kind: 'accepted'
      code: string
      amount: string
      currency: string
      operator: string
      reference: string
      record: Redacted
    }
  | { kind: 'refused'; why: RefusalReason; code: string; record: Redacted }
  /** `operator` is the provider's word for it; empty when the buyer has not chosen one. */
  | { kind: 'waiting'; why: WaitingReason; operator: string; code: string; record: Redacted }
  | Denied
  /** An answer that says nothing sure: it changes nothing. */
  | { kind: 'unclear'; code: string; record: Redacted }
  /** No answer at all, or a request to ask less often; how long it told us to wait. */
  | { kind: 'unreachable'; reason: string; retryAfterMs?: number }

export type ProbeAnswer =
  | { kind: 'works' }
  | { kind: 'wrong-key' }
  | { kind: 'wrong-site' }
  /** The address that we call from is not on its list. */
  | { kind: 'wrong-address' }
  /** It answers, and does not say whether it knows us. `code` is its own. */
  | { kind: 'unclear'; code: string }
  | { kind: 'unreachable'; reason: string }

/** Why a payment was refused, as far as a buyer can act on it. */
export type RefusalReason =
  | 'balance'
  | 'code'
  | 'code-expired'
  | 'cancelled'
  | 'limit'
  | 'number'
  | 'blocked'
  | 'expired'
  | 'other'

/** What is waited for, as far as a buyer can act on it. */
export type WaitingReason = 'pay' | 'validate' | 'code' | 'bank' | 'operator' | 'pending'

/** Fields chosen to be kept: no phone, e-mail, name, key or token in clear. */
export type Redacted = Readonly<Record<string, string>>
