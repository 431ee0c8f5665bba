/** What the simulator remembers of one transaction; plain data, so that any store can keep it. */
export type SimulatedTransaction = {
  transactionId: string
  siteId: string
  token: string
  amount: number
  currency: string
  description: string
  metadata: string
  notifyUrl: string
  returnUrl: string
  language: string
  state: 'WAITING_FOR_CUSTOMER' | 'ACCEPTED' | 'REFUSED'
  /** CinetPay's code and message of the present state: 662, 00, 600, 602, 604, 627 … */
  code: string
  message: string
  paymentMethod: string
  operatorId: string
  phone: string
  createdAt: string
  /** When the operator answered (ISO time), even to refuse; empty before. */
  paidAt: string
  /** An acceptance promised for later (ISO time), or empty. */
  acceptAt: string
  /** The fault chosen for this transaction, or empty. */
  fault: string
  /** What only the newer API has. */
  v1?: V1Part
}

type V1Part = {
  /** CinetPay's own id of the payment. */
  id: string
  notifyToken: string
  successUrl: string
  failedUrl: string
  /** What was promised for later is a failure (`acceptAt` says when). */
  willFail: boolean
  /** What a status says of a payment that was refused. */
  refusal: { code: number; status: string } | null
}

/** The store for the simulator's transactions. It knows nothing of the shop that provides one. */
export type Ledger = {
  find(siteId: string, transactionId: string): Promise<SimulatedTransaction | undefined>
  findByToken(token: string): Promise<SimulatedTransaction | undefined>
  /** False when the transaction id is taken on that site. */
  add(transaction: SimulatedTransaction): Promise<boolean>
  save(transaction: SimulatedTransaction): Promise<void>
}

const keyOf = (siteId: string, transactionId: string) => `${siteId} ${transactionId}`

export function memoryLedger(): Ledger {
  const byId = new Map<string, SimulatedTransaction>()
  return {
    find: async (siteId, transactionId) => structuredClone(byId.get(keyOf(siteId, transactionId))),
    findByToken: async (token) =>
      structuredClone([...byId.values()].find((transaction) => transaction.token === token)),
    add: async (transaction) => {
      const key = keyOf(transaction.siteId, transaction.transactionId)
      if (byId.has(key)) return false
      byId.set(key, structuredClone(transaction))
      return true
    },
    save: async (transaction) => {
      byId.set(keyOf(transaction.siteId, transaction.transactionId), structuredClone(transaction))
    },
  }
}
