/** The contract of a mail carrier. Results are values: nothing is thrown for what the other side does. */
export type Mail = {
  send(letter: Letter): Promise<SendAnswer>
  /** Connects and logs in without sending; an HTTP service has no such call. */
  greet?: () => Promise<SendAnswer>
  /** How many may leave in an hour: shared hosts close accounts that send more. */
  perHour: number
}

export type Letter = {
  /** The message's idempotency key: a service that knows such keys sends one letter per key. */
  key: string
  to: string
  replyTo: string | undefined
  subject: string
  text: string
  html: string
}

/** The reason given when a server offers no encryption, and so gets no password. */
export const NO_TLS = 'no-tls'

export type SendAnswer =
  | { kind: 'sent' }
  /** Not accepted, or perhaps accepted and the answer lost: retry under the same key. */
  | { kind: 'later'; reason: string }
  /** Never accepted, however often it is tried. */
  | { kind: 'refused'; reason: string }
