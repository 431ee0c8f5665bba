import { readFile } from 'node:fs/promises'
import { build, transform } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import type { Api } from './goods.ts'

type Mutant = {
  name: string
  /** The API that it is about, where it is about one. */
  api?: Api
  file: string
  from: string
  to: string
}

/**
 * Faults planted on purpose, each one line of the shop written as somebody might have written it.
 * A checker that does not find every one of them proves nothing.
 */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'waiting is taken for refused',
    api: 'v2',
    file: 'payment/cinetpay.ts',
    from: "if (data?.status === 'REFUSED')",
    to: "if (data?.status !== 'ACCEPTED')",
  },
  {
    name: 'the amount is not checked',
    file: 'payment/settle.ts',
    from: 'answer.amount === String(payment.amount) &&',
    to: '',
  },
  {
    name: 'the currency is not checked',
    file: 'payment/settle.ts',
    from: '&& answer.currency === payment.currency',
    to: '',
  },
  {
    name: 'the status alone makes paid',
    api: 'v2',
    file: 'payment/cinetpay.ts',
    from: "code === '00' && data?.status === 'ACCEPTED'",
    to: "data !== undefined && data !== null && data.status !== ''",
  },
  {
    name: 'an unreachable CinetPay is a refusal',
    api: 'v2',
    file: 'payment/cinetpay.ts',
    from: "if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason }",
    to: "if (answer.kind === 'failed') return { kind: 'refused', why: 'other', code: '', record: {} }",
  },
  {
    name: 'an unclear begin ends the payment, which is never asked about',
    file: 'data/orders/payments.ts',
    from: "set status = 'refused', refusal = 'other'\n      from held\n      where payments.id = held.id\n        and payments.status = 'pending'\n        and ${isRefused}",
    to: "set status = 'refused', refusal = 'other', next_check_at = null\n      from held\n      where payments.id = held.id\n        and payments.status = 'pending'",
  },
  {
    name: 'a refused payment is never asked about again',
    file: 'data/orders/settling.ts',
    from: "checks = checks + 1, last_check_at = ${now}, next_check_at = ${refusal.nextCheckAt}\n      where id = ${payment.id} and status in ('pending', 'expired')",
    to: "checks = checks + 1, last_check_at = ${now}, next_check_at = null\n      where id = ${payment.id} and status in ('pending', 'expired')",
  },
  {
    name: 'an expired payment is never asked about again',
    file: 'data/orders/settling.ts',
    from: 'next_check_at = ${left.nextCheckAt},',
    to: 'next_check_at = case when ${left.expired} then null else ${left.nextCheckAt}::timestamptz end,',
  },
  {
    name: 'a payment that is claimed is forgotten when its claimer dies',
    file: 'data/orders/payments.ts',
    from: 'set next_check_at = ${leaseUntil}, last_check_at = ${now}',
    to: 'set next_check_at = null, last_check_at = ${now}',
  },
  {
    name: 'CinetPay hears of a payment before it is committed',
    file: 'storefront/checkout/buy.ts',
    from: '  const opened = await openOrder(',
    to: "  await shop.provider.begin({ transactionId, amount: 5000, currency: 'XOF', description: 'x', language: 'fr', returnUrl: returnAddress(shop.config, 'x'), notifyUrl: shop.config.notifyUrl })\n  const opened = await openOrder(",
  },
  {
    name: 'the transaction id of the first payment is used again',
    file: 'storefront/checkout/buy.ts',
    from: 'export const newTransactionId = () => hex(randomBytes(12)).toUpperCase()',
    to: "let last = ''\nexport const newTransactionId = () => (last = last && Math.random() < 0.2 ? last : hex(randomBytes(12)).toUpperCase())",
  },
  {
    name: 'a double tap makes two orders',
    file: 'storefront/checkout/buy.ts',
    from: 'JSON.stringify([addressOf(shop),',
    to: 'JSON.stringify([crypto.randomUUID(),',
  },
  {
    name: 'a forged notice is believed',
    api: 'v2',
    file: 'payment/cinetpay-notice.ts',
    from: "return { kind: 'forged', reason: 'x-token does not match' }",
    to: '{}',
  },
  {
    name: 'a replay always causes a check',
    file: 'data/orders/payments.ts',
    from: 'noted.times = 1 as first',
    to: 'true as first',
  },
  {
    name: 'a second accepted payment is not listed',
    file: 'data/orders/settling.ts',
    from: "case when paid.order_id is null then 'payment.double' else 'order.paid' end",
    to: "case when paid.order_id is null then 'payment.seen' else 'order.paid' end",
  },
  {
    name: 'bytes are given without a grant',
    file: 'storefront/delivery/routes.tsx',
    from: 'return <OrderPage {...props} />',
    to: 'return <a href="/d/x/y">x</a>',
  },
  {
    name: 'a refund leaves the access open',
    file: 'data/orders/money-deeds.ts',
    from: 'set revoked_at = coalesce(revoked_at, ${now})',
    to: 'set revoked_at = revoked_at',
  },
  {
    name: 'the link of a file outlives the access',
    file: 'data/orders/orders.ts',
    from: "and orders.status = 'paid'\n      and grants.revoked_at is null`\n  return granted",
    to: '`\n  return granted',
  },
  {
    name: 'a mail goes without its key',
    file: 'mail/service.ts',
    from: "'idempotency-key': key,",
    to: "'idempotency-key': `${key} ${Math.random()}`,",
  },
  {
    name: 'a message that is claimed is forgotten when its claimer dies',
    file: 'data/messages/sending.ts',
    from: 'set due_at = ${claim.leaseUntil}, lease',
    to: "set due_at = ${new Date('2099-01-01')}, lease",
  },
  {
    name: 'the details are not read',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: '[...(reply.details ? [reply.details] : []), reply]',
    to: '[reply]',
  },
  {
    name: 'a denial is a refusal of the payment',
    api: 'v1',
    file: 'storefront/checkout/buy.ts',
    from: '{ isRefused: false, denial: answer.why }',
    to: '{ isRefused: true, denial: answer.why }',
  },
  {
    name: 'a denial at the check is a refusal of the payment',
    api: 'v1',
    file: 'payment/cinetpay-v1.ts',
    from: "return { kind: 'denied', why: called.denial, reason: called.reason }\n      if",
    to: "return { kind: 'refused', why: 'other', code: '', record: {} }\n      if",
  },
  {
    name: 'a creation that was sent twice is refused',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: ' && !isRepeated',
    to: '',
  },
  {
    name: 'an id that exists already is refused',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: "word === 'INVALID_PARAMS' ||",
    to: "word === 'INVALID_PARAMS' || word === 'TRANSACTION_EXIST' ||",
  },
  {
    name: 'the ids are not compared',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: "if (ids.some(([told, ours]) => told !== '' && told !== ours)) return unclear",
    to: '',
  },
  {
    name: 'ids that are not told are taken for ours',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: "|| ids.some(([told]) => told === '')",
    to: '',
  },
  {
    name: 'the word SUCCESS alone makes paid',
    api: 'v1',
    file: 'payment/cinetpay-v1-answers.ts',
    from: '!saysSuccess(reply)',
    to: "reply.status !== 'SUCCESS'",
  },
  {
    name: 'a token that is refused is kept',
    api: 'v1',
    file: 'payment/cinetpay-v1-session.ts',
    from: 'tokens.delete(settings)',
    to: '{}',
  },
  {
    name: 'another payment’s token proves a notice',
    api: 'v1',
    file: 'data/orders/payments.ts',
    from: 'or notify_token_hash = proof_hash)',
    to: 'or exists (select from payments as other where other.notify_token_hash = proof_hash))',
  },
]

const RUNNER = 'test/faults/runner.ts'
const bundling = (program: string): BuildOptions => ({
  entryPoints: [program],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'error',
})

const loaderOf = (file: string) => (file.endsWith('x') ? 'tsx' : 'ts')

function mutated(mutant: Mutant, text: string): string {
  if (!text.includes(mutant.from)) throw new Error(`${mutant.name}: its line is gone`)
  return text.replace(mutant.from, () => mutant.to)
}

/** Bundles a program, the runner or the server, with one line of the shop changed. */
export async function plant(mutant: Mutant, outfile: string, program = RUNNER): Promise<void> {
  let planted = false
  await build({
    ...bundling(program),
    outfile,
    plugins: [
      {
        name: 'plant',
        setup: ({ onLoad }) =>
          onLoad(
            { filter: new RegExp(`src/${mutant.file.replace('.', '\\.')}$`) },
            async ({ path }) => {
              const contents = mutated(mutant, await readFile(path, 'utf8'))
              planted = true
              return { contents, loader: loaderOf(path) }
            },
          ),
      },
    ],
  })
  if (!planted) throw new Error(`${mutant.name}: src/${mutant.file} was not loaded`)
}

/** Which of these could not be planted in the runner: what `plant` would say, from one bundle for all. */
export async function unplantable(mutants: readonly Mutant[]): Promise<string[]> {
  const { metafile } = await build({ ...bundling(RUNNER), write: false, metafile: true })
  const faults = mutants.map(async (mutant) => {
    const file = `src/${mutant.file}`
    if (!metafile!.inputs[file]) return `${mutant.name}: ${file} was not loaded`
    try {
      const contents = mutated(mutant, await readFile(file, 'utf8'))
      await transform(contents, { loader: loaderOf(file), logLevel: 'silent' })
      return []
    } catch (error) {
      return String(error)
    }
  })
  return (await Promise.all(faults)).flat()
}
