import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOTS = ['src', 'demonstration']

/** Names of fields, codes and states in CinetPay's calls, answers and notices, of both APIs. */
const WORDS = [
  /\bcpm_\w+|\bcel_phone_num\b|\bx-token\b/,
  /\b(?:apikey|api_password|site_id|merchant_transaction_id|payment_token|payment_url|notify_token)\b/,
  /\b(?:client_(?:email|first_name|last_name|phone_number)|direct_pay|must_be_redirected)\b/,
  /['"](?:ACCEPTED|REFUSED|WAITING_FOR_CUSTOMER|SUCCESS|FAILED|INITIATED|PENDING|SUCCES)['"]/,
  /\b(?:INSUFFICIENT_BALANCE|NOT_ALLOWED|TRANSACTION_EXIST|OTP_(?:ERROR|EXPIRED)|INVALID_TOKEN)\b/,
  /(?:code|Code): ['"](?:00|6\d\d|1\d{3}|2\d{3})['"]|['"]660['"]/,
]
/**
 * Its payments, those that a demonstration invents, and the simulator's own book, which has a column
 * called after one of them.
 */
const ROOMS =
  /^src\/payment\/|^demonstration\/orders\/cinetpay-invented\.ts$|^src\/data\/(?:orders\/simulated|archive\/tables)\.ts$/

describe('CinetPay’s own words', () => {
  it('are spoken where its payments are made, and in the simulator, and nowhere else', () => {
    const files = ROOTS.flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)),
    ).filter((path) => /\.tsx?$/.test(path) && !ROOMS.test(path))
    expect(files.length).toBeGreaterThan(300)
    const spoken = files.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => WORDS.some((word) => word.test(line)))
        .map((line) => `${path}: ${line.trim()}`),
    )
    expect(spoken).toEqual([])
  })
})
