import type { PaymentProps } from '../../packages/cinetpay-simulator/frame.tsx'
import {
  MissingPage,
  NoReturnPage,
  PaidPage,
  RefusedPage,
  ReturnPage,
} from '../../packages/cinetpay-simulator/pages.tsx'
import { PaymentPage } from '../../packages/cinetpay-simulator/payment-page.tsx'
import type { SimulatedTransaction } from '../../packages/cinetpay-simulator/ledger.ts'
import type { Language } from '../../src/words/words.ts'
import { PUBLIC_URL } from './samples.ts'
import type { State } from './state.ts'

/** Where the gallery serves what the simulator's pages ask for. */
export const SIMULATOR = '/simulateur'

const ATTEMPT: SimulatedTransaction = {
  transactionId: 'K7M394FT01',
  siteId: '445160',
  token: 'a'.repeat(110),
  amount: 5000,
  currency: 'XOF',
  description: 'L’œuvre du tailleur',
  metadata: '',
  notifyUrl: `${PUBLIC_URL}/payment/callback/`,
  returnUrl: `${PUBLIC_URL}/payment/return/`,
  language: 'fr',
  state: 'WAITING_FOR_CUSTOMER',
  code: '662',
  message: 'WAITING_CUSTOMER_PAYMENT',
  paymentMethod: '',
  operatorId: '',
  phone: '76123456',
  createdAt: '2026-11-24T10:00:00.000Z',
  paidAt: '',
  acceptAt: '',
  fault: '',
}
const NEWER: Partial<SimulatedTransaction> = {
  v1: {
    id: 'p-1',
    notifyToken: 'n',
    successUrl: `${PUBLIC_URL}/payment/return/`,
    failedUrl: `${PUBLIC_URL}/payment/return/`,
    willFail: false,
    refusal: null,
  },
}
const REFUSED: Partial<SimulatedTransaction> = {
  state: 'REFUSED',
  code: '600',
  message: 'PAYMENT_FAILED',
  paymentMethod: 'OM',
}
const ACCEPTED: Partial<SimulatedTransaction> = {
  state: 'ACCEPTED',
  code: '00',
  message: 'SUCCES',
  paymentMethod: 'OM',
}

const at = (
  name: string,
  page: (props: PaymentProps) => unknown,
  attempt: Partial<SimulatedTransaction> = {},
): State => ({
  name: `simulateur-${name}`,
  isWhole: true,
  page: (language: Language) =>
    page({ url: SIMULATOR, transaction: { ...ATTEMPT, language, ...attempt } }) as string,
})

/** CinetPay, played: what a buyer of the demonstration meets between two pages of the shop. */
export const simulatorStates: State[] = [
  at('payer', (props) => <PaymentPage {...props} />),
  at('payer-nouvelle-api', (props) => <PaymentPage {...props} />, NEWER),
  at('payer-panne', (props) => <PaymentPage {...props} />, { fault: 'no-return' }),
  at('payer-a-corriger', (props) => <PaymentPage {...props} problem="…" />),
  at('refuse', (props) => <PaymentPage {...props} />, REFUSED),
  at('vient-de-refuser', (props) => <RefusedPage {...props} />, REFUSED),
  at('paye', (props) => <PaidPage {...props} />, ACCEPTED),
  at('paye-panne', (props) => <PaidPage {...props} />, { ...ACCEPTED, fault: 'no-return' }),
  at('ferme', (props) => <NoReturnPage {...props} />, ACCEPTED),
  at('retour', (props) => <ReturnPage {...props} />, ACCEPTED),
  at('introuvable', ({ url, transaction }) => (
    <MissingPage url={url} language={transaction.language as Language} />
  )),
]
