import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordPayment } from '../../tools/recorder/record.ts'
import { aBook, atCinetpay, openTestShop, V1_SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const SANDBOX = {
  ...V1_SETTINGS,
  CINETPAY_API_KEY: 'sk_test_8c1f5be07d3a4e92b6',
  DEMONSTRATION: 'on',
}

let test: TestShop
beforeEach(async () => {
  test = await openTestShop(SANDBOX)
  await aBook(test)
})
afterEach(() => test.close())

describe('a payment in the sandbox, written down', () => {
  async function record(deed: string) {
    const said: string[] = []
    let isPaid = false
    const recording = await recordPayment(
      test.shop,
      (line) => said.push(line),
      async () => {
        test.advance(5_000)
        const page = /https:\/\/secure\S+/.exec(said.join('\n'))?.[0]
        if (!page || isPaid) return
        isPaid = true
        await atCinetpay(test, page, deed)
        await test.settled()
      },
    )
    return { said, text: recording.kind === 'recorded' ? recording.text : recording.why }
  }

  it('holds each call from the login to the notice', async () => {
    const { text } = await record('accept')
    expect(text).toContain('POST https://api.cinetpay.net/v1/oauth/login')
    expect(text).toContain('"token_type":"bearer"')
    expect(text).toContain('POST https://api.cinetpay.net/v1/payment\n')
    expect(text).toContain('"payment_url":"https://secure.cinetpay.net/checkout/<110 of a-z 0-9>"')
    expect(text).toMatch(/GET https:\/\/api\.cinetpay\.net\/v1\/payment\/<24 of [^>]+>/)
    expect(text).toContain('"code":100,"status":"SUCCESS"')
    expect(text).toContain('The order ended as: paid.')
    expect(text).toMatch(
      /A notice came .* as application\/json, with notify_token merchant_transaction_id transaction_id/,
    )
  })

  it('holds no key, token, id or address of a person', async () => {
    const { text } = await record('accept')
    const [row] = await test.sql`
      select transaction_id, provider_transaction_id, provider_token from payments`
    const secrets = [
      SANDBOX.CINETPAY_API_KEY,
      SANDBOX.CINETPAY_API_PASSWORD,
      ...(Object.values(row!) as string[]),
      'Essai du diagnostic',
    ]
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/[\w.]+@[\w.]+|[0-9a-f]{20}|[0-9A-F]{20}|\d{8,}/)
  })

  it('tells of a refusal, and of an address that is not let in', async () => {
    expect((await record('balance')).text).toContain('The order ended as: failed.')
    test.intercept(() =>
      Response.json({
        code: 2011,
        status: 'NOT_ALLOWED',
        description: 'This Ip is not withlisted',
      }),
    )
    // The token that is kept would not ask.
    Object.assign(test.shop.config, { cinetpay: { ...test.shop.config.cinetpay } })
    const { text } = await record('accept')
    expect(text).toContain('This Ip is not withlisted')
    expect(text).toContain('wrong-address')
  })

  it('keeps nothing of a person, whatever name it comes under', async () => {
    const strange = {
      code: 2010,
      status: 'FAILED',
      message: 'Client AWA TRAORE (07 08 09 10 11) is blocked: sk_live_8c1f5be07d3a',
      description: 22507080910,
      'awa@example.com': 'x',
      'Awa Traoré': 1,
      details: { user: ['Moussa Koné', { phone_number: '+2250708091011' }] },
      payment_url: 'https://secure.cinetpay.net/pay/a1b2c3d4e5f6?eyJ0b2tlbiI6MX0&sk_live_abc',
    }
    test.intercept((request) =>
      request.url.endsWith('/login') ? undefined : Response.json(strange, { status: 422 }),
    )
    const { text } = await record('accept')
    expect(text).toContain('"message":"Client … … … … … … … is blocked: …"')
    expect(text).not.toMatch(/awa|traor|moussa|kon|0708|07 08|sk_live|eyJ|a1b2c3|example\.com/i)
  })

  it('is not made with real money, nor without a book', async () => {
    await test.sql`update books set archived_at = now()`
    expect((await record('accept')).text).toContain('Put a book with a price on sale first')
    const real = await openTestShop(V1_SETTINGS)
    const recording = await recordPayment(real.shop, () => {})
    expect(recording).toMatchObject({ kind: 'not-possible' })
    await real.close()
  })
})
