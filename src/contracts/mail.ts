/** The contract with a mail carrier. Answers are values: nothing is thrown for what they do. */
export type Mail = {
  send(letter: Letter): Promise<SendAnswer>
  /** Goes as far as the login, and sends nothing; a service over HTTP has no such call. */
  greet?: () => Promise<SendAnswer>
  /** How many may leave in an hour: shared hosts close accounts that send more. */
  perHour: number
}

export type Letter = {
  /** The message's own name: a service that knows idempotency keys sends one letter of a key. */
  key: string
  to: string
  replyTo: string | undefined
  subject: string
  text: string
  html: string
}

/** The reason of a server that offers no encryption, to which no password is given. */
export const NO_TLS = 'no-tls'

export type SendAnswer =
  | { kind: 'sent' }
  /** Not taken, or perhaps taken and the answer lost: to be tried again, under the same key. */
  | { kind: 'later'; reason: string }
  /** Never to be taken, whenever it is tried. */
  | { kind: 'refused'; reason: string }
