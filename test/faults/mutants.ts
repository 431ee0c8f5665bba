import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'

/**
 * Faults planted on purpose, each one line of the shop written as somebody might have written it.
 * A checker that does not find every one of them proves nothing.
 */
export const MUTANTS: readonly { name: string; file: string; from: string; to: string }[] = [
  {
    name: 'waiting is taken for refused',
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
    file: 'payment/cinetpay.ts',
    from: "code === '00' && data?.status === 'ACCEPTED'",
    to: "data !== undefined && data !== null && data.status !== ''",
  },
  {
    name: 'an unreachable CinetPay is a refusal',
    file: 'payment/cinetpay.ts',
    from: "if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason }",
    to: "if (answer.kind === 'failed') return { kind: 'refused', why: 'other', code: '', record: {} }",
  },
  {
    name: 'an unclear begin ends the payment, which is never asked about',
    file: 'data/payments.ts',
    from: "set status = 'refused', refusal = 'other'\n      from held\n      where payments.id = held.id\n        and payments.status = 'pending'\n        and ${outcome === 'refused'}",
    to: "set status = 'refused', refusal = 'other', next_check_at = null\n      from held\n      where payments.id = held.id\n        and payments.status = 'pending'",
  },
  {
    name: 'a refused payment is never asked about again',
    file: 'data/settling.ts',
    from: "checks = checks + 1, last_check_at = ${now}, next_check_at = ${refusal.nextCheckAt}\n      where id = ${payment.id} and status in ('pending', 'expired')",
    to: "checks = checks + 1, last_check_at = ${now}, next_check_at = null\n      where id = ${payment.id} and status in ('pending', 'expired')",
  },
  {
    name: 'an expired payment is never asked about again',
    file: 'data/settling.ts',
    from: 'next_check_at = ${left.nextCheckAt},',
    to: 'next_check_at = case when ${left.expired} then null else ${left.nextCheckAt}::timestamptz end,',
  },
  {
    name: 'a payment that is claimed is forgotten when its claimer dies',
    file: 'data/payments.ts',
    from: 'set next_check_at = ${leaseUntil}, last_check_at = ${now}',
    to: 'set next_check_at = null, last_check_at = ${now}',
  },
  {
    name: 'CinetPay hears of a payment before it is committed',
    file: 'checkout/buy.ts',
    from: '  const opened = await openOrder(',
    to: "  await shop.provider.begin({ transactionId, amount: 5000, currency: 'XOF', description: 'x', language: 'fr', returnUrl: returnAddress(shop.config, 'x'), notifyUrl: shop.config.notifyUrl })\n  const opened = await openOrder(",
  },
  {
    name: 'the transaction id of the first payment is used again',
    file: 'checkout/buy.ts',
    from: 'export const newTransactionId = () => hex(randomBytes(12)).toUpperCase()',
    to: "let last = ''\nexport const newTransactionId = () => (last = last && Math.random() < 0.2 ? last : hex(randomBytes(12)).toUpperCase())",
  },
  {
    name: 'a double tap makes two orders',
    file: 'checkout/buy.ts',
    from: 'JSON.stringify([nonce,',
    to: 'JSON.stringify([crypto.randomUUID(),',
  },
  {
    name: 'a forged notice is believed',
    file: 'payment/cinetpay-notice.ts',
    from: "return { kind: 'forged', reason: 'x-token does not match' }",
    to: '{}',
  },
  {
    name: 'a replay always causes a check',
    file: 'data/payments.ts',
    from: 'noted.times = 1 as first',
    to: 'true as first',
  },
  {
    name: 'a second accepted payment is not listed',
    file: 'data/settling.ts',
    from: "case when paid.id is null then 'payment.double' else 'order.paid' end",
    to: "case when paid.id is null then 'payment.seen' else 'order.paid' end",
  },
  {
    name: 'bytes are given without a grant',
    file: 'delivery/routes.tsx',
    from: "    case 'failed':\n      return <pages.RefusedPage {...props} />",
    to: '    case \'failed\':\n      return <a href="/d/x/y">x</a>',
  },
  {
    name: 'a refund leaves the access open',
    file: 'data/money-deeds.ts',
    from: 'set revoked_at = coalesce(revoked_at, ${now})',
    to: 'set revoked_at = revoked_at',
  },
  {
    name: 'the link of a file outlives the access',
    file: 'data/orders.ts',
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
    file: 'data/outbox.ts',
    from: 'set due_at = ${claim.leaseUntil}, lease',
    to: "set due_at = ${new Date('2099-01-01')}, lease",
  },
]

/** Bundles a program, the runner or the server, with one line of the shop changed. */
export async function plant(
  mutant: (typeof MUTANTS)[number],
  outfile: string,
  program = 'test/faults/runner.ts',
): Promise<void> {
  let planted = false
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
    plugins: [
      {
        name: 'plant',
        setup: ({ onLoad }) =>
          onLoad(
            { filter: new RegExp(`src/${mutant.file.replace('.', '\\.')}$`) },
            async ({ path }) => {
              const text = await readFile(path, 'utf8')
              if (!text.includes(mutant.from)) throw new Error(`${mutant.name}: its line is gone`)
              planted = true
              const loader = path.endsWith('x') ? 'tsx' : 'ts'
              return { contents: text.replace(mutant.from, () => mutant.to), loader }
            },
          ),
      },
    ],
  })
  if (!planted) throw new Error(`${mutant.name}: src/${mutant.file} was not loaded`)
}
