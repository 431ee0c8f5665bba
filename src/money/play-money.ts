import type { Provider } from './provider.ts'

type Order = { simulated: boolean }
type Till = { provider: Pick<Provider, 'isPlayMoney'> }

/** A trial's order, where real money is taken: nothing is given, sent or asked for it any more. */
export const isTrialOver = ({ provider }: Till, order: Order) =>
  order.simulated && !provider.isPlayMoney

/**
 * Whether an order may be paid here. A trial's order paid with real money would not be given, and one
 * of real money paid in a trial would be given for real once the trial is over.
 */
export const isPayableHere = ({ provider }: Till, order: Order) =>
  order.simulated === provider.isPlayMoney
