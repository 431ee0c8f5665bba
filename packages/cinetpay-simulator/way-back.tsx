import type { PaymentProps } from './frame.tsx'
import type { SimulatedTransaction } from './ledger.ts'
import { spoken, wordsOf } from './words.ts'

/** How CinetPay sends the browser back, unless this payment's fault says otherwise. */
export function WayBack({ transaction }: Pick<PaymentProps, 'transaction'>) {
  const words = wordsOf(spoken(transaction.language)).back
  const { fault, transactionId, token } = transaction
  if (fault === 'no-return') return <p class="notice">{words.never}</p>
  if (returnsByGet(transaction))
    return (
      <a class="button" href={returnAddress(transaction)}>
        {words.go}
      </a>
    )
  return (
    <form id="return" method="post" action={returnAddress(transaction)}>
      <input type="hidden" name="transaction_id" value={transactionId} />
      <input type="hidden" name="token" value={token} />
      <button>{words.go}</button>
    </form>
  )
}

export const returnsByGet = ({ fault }: SimulatedTransaction) => fault.startsWith('get-')

/**
 * Where the browser is sent: the shop's address, with what gateways have been seen to hang on it. By
 * GET the names of the form stand in the query. Written as text, as those gateways do.
 */
export function returnAddress(transaction: SimulatedTransaction): string {
  const { fault, returnUrl, transactionId, token } = transaction
  const fields = `transaction_id=${encodeURIComponent(transactionId)}&token=${token}`
  const isGet = returnsByGet(transaction)
  const joint = returnUrl.includes('?') ? '&' : '?'
  switch (fault) {
    case 'post-glued':
    case 'get-glued':
      return `${returnUrl}?${fields}`
    case 'post-space':
    case 'get-space':
      return `${returnUrl}%20${isGet ? joint + fields : ''}`
    case 'post-slash':
    case 'get-slash':
      return `${returnUrl}/${isGet ? joint + fields : ''}`
    default:
      return isGet ? returnUrl + joint + fields : returnUrl
  }
}
