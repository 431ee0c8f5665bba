import { lookUp } from '../../src/lib/look-up.ts'
import {
  type Code,
  MESSAGES,
  methodOf,
  type Operator,
  OPERATORS,
  operatorsFor,
  randomHex,
} from './codes.ts'
import { isFault } from './faults.ts'
import type { SimulatedTransaction } from './ledger.ts'
import { said, V1_DEEDS, type V1Deed } from './v1/codes.ts'
import { spoken, wordsOf } from './words.ts'

/** What the customer can do on the payment page. */
const DEEDS = ['accept', 'balance', 'code', 'fail', 'cancel', 'wait', 'later'] as const

export type Deed = (typeof DEEDS)[number]

export type Choice = { deed: Deed | V1Deed; operator: Operator; phone: string; fault: string }

export const LATER_MS = 20_000

const REFUSALS = { balance: '602', code: '604', fail: '600', cancel: '627' } as const

const deedsOf = ({ v1 }: SimulatedTransaction): Choice['deed'][] =>
  v1 ? [...DEEDS, ...(Object.keys(V1_DEEDS) as V1Deed[])] : [...DEEDS]

/** What a posted form asks for, or the sentence that says why it cannot be done. */
export function readChoice(
  form: Record<string, unknown>,
  transaction: SimulatedTransaction,
): Choice | string {
  const { currency, language } = transaction
  const { problems } = wordsOf(spoken(language))
  const deed = deedsOf(transaction).find((name) => name === form['deed'])
  if (!deed) return problems.deed

  const operator = operatorsFor(currency).find((name) => name === (form['operator'] ?? 'OM'))
  if (!operator) return problems.operator(currency)

  const typed = form['phone'] ?? transaction.phone
  const phone = typeof typed === 'string' ? typed.replaceAll(/[\s.-]/g, '') : 'file'
  if (!/^(\+?\d{6,15})?$/.test(phone)) return problems.phone

  const fault = form['fault'] ?? transaction.fault
  if (typeof fault !== 'string' || (fault !== '' && !isFault(fault))) return problems.choose

  return { deed, operator, phone, fault }
}

/** The states that a deed leads through, in order; each is saved, then announced. */
export function statesAfter(
  transaction: SimulatedTransaction,
  { deed, operator, phone, fault }: Choice,
  now: Date,
): SimulatedTransaction[] {
  const base = { ...transaction, fault, acceptAt: '' }
  if (deed === 'cancel' || deed === 'cancelled')
    return [{ ...base, ...outcome('REFUSED', '627', now), operatorId: '' }]

  const chosen = { ...base, phone, paymentMethod: methodOf(operator, transaction.currency) }
  const waiting: SimulatedTransaction = {
    ...chosen,
    state: 'WAITING_FOR_CUSTOMER',
    code: '662',
    message: MESSAGES['662'],
    operatorId: '',
    paidAt: '',
  }
  if (deed === 'wait') return [waiting]
  if (deed === 'later')
    return [{ ...waiting, acceptAt: new Date(now.getTime() + LATER_MS).toISOString() }]

  const last =
    deed === 'accept'
      ? accepted(chosen, now)
      : { ...chosen, ...outcome('REFUSED', lookUp(REFUSALS, deed) ?? '600', now) }
  return OPERATORS[operator].push ? [waiting, last] : [last]
}

/** The transaction after a promised acceptance came true; undefined when none is due. */
export function comeTrue(
  transaction: SimulatedTransaction,
  now: Date,
): SimulatedTransaction | undefined {
  if (transaction.acceptAt === '') return undefined
  const date = new Date(transaction.acceptAt)
  if (date > now) return undefined
  const { v1 } = transaction
  return v1?.willFail
    ? {
        ...transaction,
        ...outcome('REFUSED', '600', date),
        returnUrl: v1.failedUrl,
        acceptAt: '',
        v1: { ...v1, refusal: said(2010) },
      }
    : { ...accepted(transaction, date), acceptAt: '' }
}

function accepted(transaction: SimulatedTransaction, date: Date): SimulatedTransaction {
  return { ...transaction, ...outcome('ACCEPTED', '00', date) }
}

/** `paidAt` is filled on a failure too, and so is the operator's id: neither proves a payment. */
function outcome(state: SimulatedTransaction['state'], code: Code, date: Date) {
  const [day = '', time = ''] = date.toISOString().slice(2).split('T')
  return {
    state,
    code,
    message: MESSAGES[code],
    operatorId: `MP${day.replaceAll('-', '')}.${time.slice(0, 5).replace(':', '')}.${randomHex(3).toUpperCase()}`,
    paidAt: date.toISOString(),
  }
}
