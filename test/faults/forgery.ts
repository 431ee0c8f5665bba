import { createHash } from 'node:crypto'
import type { Chance } from './chance.ts'
import { KEYS } from './goods.ts'
import type { Api } from './goods.ts'

/** Whom a liar speaks of, and a token of the newer API that belongs to somebody else. */
export type Target = { transactionId: string; strangersToken?: string | undefined }

/** A notice that says that this was paid, under a token that its author could not make. */
export function forgery(api: Api, url: string, target: Target, luck: Chance) {
  const token = createHash('sha256').update(String(luck.next())).digest('hex')
  return { url, ...(api === 'v1' ? newer(target, token, luck) : signed(target, token, luck)) }
}

function signed({ transactionId }: Target, token: string, luck: Chance) {
  const fields = {
    cpm_site_id: KEYS.siteId,
    cpm_trans_id: transactionId,
    cpm_amount: '5000',
    cpm_currency: 'XOF',
    cpm_error_message: 'SUCCES',
    cpm_result: '00',
  }
  const { headers, body } = dressed(fields, true)
  if (luck.happens(0.9)) headers.set('x-token', token)
  return { headers, body }
}

export const SUCCESS = { code: 100, status: 'SUCCESS' }

/** Made up, left out, or another payment's: a true token proves its own payment only. */
function newer({ transactionId, strangersToken }: Target, token: string, luck: Chance) {
  const shown = luck.pick([token, token, strangersToken ?? token, undefined])
  const fields = {
    ...(shown && { notify_token: shown }),
    merchant_transaction_id: transactionId,
    transaction_id: token.slice(32),
    amount: 5000,
    currency: 'XOF',
    ...SUCCESS,
  }
  return dressed(fields, luck.happens(0.5))
}

export function dressed(fields: Record<string, unknown>, isForm: boolean) {
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)])
  return {
    headers: new Headers({ 'content-type': type }),
    body: isForm ? new URLSearchParams(texts).toString() : JSON.stringify(fields),
  }
}
