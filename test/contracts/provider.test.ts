import { describe, expect, it } from 'vitest'
import { readForm } from '../../src/forms/read.ts'
import { atCinetpay } from '../support/shop.ts'
import { aPayment, openV1, openV2 } from '../support/providers.ts'
import type { OpenProvider } from '../support/providers.ts'

const providers = { 'CinetPay v2': openV2, 'CinetPay’s newer API': openV1 }

describe.each(Object.entries(providers))('a provider: %s', (_, open) => {
  /** A payment begun, and the customer on its page. */
  async function begun(changes: Partial<typeof aPayment> = {}) {
    const place = open()
    const payment = { ...aPayment, ...changes }
    const answer = await place.provider.begin(payment)
    if (answer.kind !== 'begun') throw new Error(JSON.stringify(answer))
    const { notifyTokenHash, providerTransactionId = null } = answer
    const asked = { ...payment, providerTransactionId }
    return {
      ...place,
      answer,
      notifyTokenHash,
      choose: (deed: string, fault = '') => atCinetpay(place, answer.pageUrl, deed, fault),
      check: () => place.provider.check(asked),
    }
  }

  it('begins with a page on one of its listed origins', async () => {
    const { provider, answer } = await begun()
    expect(provider.pageOrigins).toContain(new URL(answer.pageUrl).origin)
    expect(answer.token).not.toBe('')
  })

  it.each([
    'Droit & gestion : « L’œuvre » n° 1 $ # _ / 100 %',
    '',
    '漢字',
    'a'.repeat(300),
    'deux\nlignes',
  ])('begins whatever the book is called: %j', async (description) => {
    await begun({ description })
  })

  it.each(['Awa Traoré', 'Awa', 'A', 'M’Bâ', '٣', '😀', 'Awa\u0000', 'x '.repeat(50)])(
    'begins whatever the buyer is called: %j',
    async (name) => {
      await begun({ buyer: { name, email: null } })
    },
  )

  it('says a clear no as one: an amount under the minimum', async () => {
    const answer = await open().provider.begin({ ...aPayment, amount: 5 })
    expect(answer.kind).toBe('refused')
  })

  it('does not call a payment refused whose id exists already', async () => {
    const { provider } = await begun()
    expect((await provider.begin(aPayment)).kind).toBe('unknown')
  })

  it('names the operator and its reference as far as it says that it does', async () => {
    const { provider, choose, check } = await begun()
    await choose('accept')
    const answer = await check()
    if (answer.kind !== 'accepted') throw new Error(answer.kind)
    const { operator, reference } = answer
    const told = { operator: operator !== '', reference: reference !== '' }
    expect(told).toEqual(provider.tells)
  })

  it('waits until the customer has done something', async () => {
    const { check, choose } = await begun()
    expect((await check()).kind).toBe('waiting')
    await choose('wait')
    expect((await check()).kind).toBe('waiting')
  })

  it('tells an accepted payment with the amount and the currency that were asked for', async () => {
    const { check, choose } = await begun()
    await choose('accept')
    expect(await check()).toMatchObject({ kind: 'accepted', amount: '5000', currency: 'XOF' })
  })

  it('tells a refused payment, and that its buyer lacks money', async () => {
    const { check, choose } = await begun()
    await choose('fail')
    expect(await check()).toMatchObject({ kind: 'refused', why: 'other' })
    await choose('balance')
    expect(await check()).toMatchObject({ kind: 'refused', why: 'balance' })
  })

  it('tells an acceptance after a refusal', async () => {
    const { check, choose } = await begun()
    await choose('balance')
    await choose('accept')
    expect((await check()).kind).toBe('accepted')
  })

  it('knows nothing of a payment that was never begun', async () => {
    const { provider } = open()
    const answer = await provider.check({ ...aPayment, providerTransactionId: null })
    expect(answer.kind).toBe('unclear')
  })

  it('tells that its keys are not known, which is no refusal of any payment', async () => {
    const { provider } = open({ apiKey: 'sk_live_anothers-key-0001' })
    const denied = { kind: 'denied', why: 'keys' }
    expect(await provider.begin(aPayment)).toMatchObject(denied)
    expect(await provider.check({ ...aPayment, providerTransactionId: null })).toMatchObject(denied)
    expect(await provider.probe()).toEqual({ kind: 'wrong-key' })
  })

  it('finds its keys known', async () => {
    expect(await open().provider.probe()).toEqual({ kind: 'works' })
  })

  it('follows no page in clear, nor one of another host that begins or ends alike', async () => {
    const { provider, intercept } = open()
    for (const page of [
      'http://secure.cinetpay.co/a',
      'https://secure.cinetpay.co.example.net/a',
      'https://xsecure.cinetpay.co/a',
      'https://secure.cinetpay.co@example.net/a',
      'https://cinetpay.co/a',
    ]) {
      const body = {
        code: 201,
        data: { payment_url: page, payment_token: 'a' },
        payment_url: page,
        payment_token: 'a',
      }
      intercept(({ url }) =>
        url.endsWith('/payment')
          ? Response.json(url.includes('/v1/') ? { ...body, code: 200, status: 'OK' } : body)
          : undefined,
      )
      expect([page, (await provider.begin(aPayment)).kind]).toEqual([page, 'unknown'])
    }
  })

  it.each([
    ['check-404', 'unreachable'],
    ['check-500', 'unreachable'],
    ['check-502', 'unreachable'],
    ['check-truncated', 'unreachable'],
    ['check-old-shape', 'unclear'],
    ['check-number-amount', 'accepted'],
  ])('makes of the fault %s: %s', async (fault, kind) => {
    const { check, choose } = await begun()
    await choose('accept', fault)
    expect((await check()).kind).toBe(kind)
  })

  it.each([
    ['check-wrong-amount', { amount: '2500', currency: 'XOF' }],
    ['check-wrong-currency', { amount: '5000', currency: 'XAF' }],
  ])('hands %s on as it was said: the judge compares', async (fault, said) => {
    const { check, choose } = await begun()
    await choose('accept', fault)
    expect(await check()).toMatchObject({ kind: 'accepted', ...said })
  })

  const failures: [string, () => Response | Promise<Response>][] = [
    ['a broken line', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'a redirect',
      () => new Response('', { status: 307, headers: { location: 'https://a.example' } }),
    ],
    ['a page', () => new Response('<h1>Not Found</h1>', { status: 404 })],
    ['an endless answer', () => new Response('x'.repeat(300_000))],
    ['JSON of another kind', () => Response.json([])],
    ['Cloudflare’s own refusal', () => new Response('error code: 1010', { status: 403 })],
  ]
  it.each(failures)('is sure of nothing on %s', async (_name, fail) => {
    const { provider, intercept, choose, check } = await begun()
    await choose('accept')
    intercept(fail)
    expect(['unreachable', 'unclear']).toContain((await check()).kind)
    const other = { ...aPayment, transactionId: 'B'.repeat(24) }
    expect((await provider.begin(other)).kind).toBe('unknown')
  })

  it('sends an explicit user agent, and follows no redirect', async () => {
    const { requests, check } = await begun()
    await check()
    for (const { headers, redirect } of requests) {
      expect(headers.get('user-agent')).toMatch(/^Kiosque\//)
      expect(redirect).toBe('manual')
    }
  })

  it('writes none of its keys into a reason or a record', async () => {
    const { check, choose, provider, secrets } = await begun()
    await choose('accept')
    const said = JSON.stringify([await check(), await provider.begin({ ...aPayment, amount: 5 })])
    for (const secret of secrets) expect(said).not.toContain(secret)
  })

  describe('its notice', () => {
    /** What reached the shop when the customer paid, as the provider reads it. */
    async function heard(fault: string) {
      const place = await begun()
      await place.choose('accept', fault)
      const readings = await Promise.all(place.notices.map((notice) => readNotice(place, notice)))
      return { readings, hash: place.notifyTokenHash }
    }

    it.each(['', 'extra-fields', 'multipart-notice', 'triple-notice'])(
      'names the payment (fault: %j)',
      async (fault) => {
        const { readings, hash } = await heard(fault)
        expect(readings.length).toBe(fault === 'triple-notice' ? 3 : 1)
        for (const reading of readings) {
          expect(reading).toMatchObject({ transactionId: aPayment.transactionId })
          if (reading.kind === 'claims') expect(reading.proofHash).toBe(hash)
          else expect(reading.kind).toBe('genuine')
        }
      },
    )

    it('is not believed with a wrong token', async () => {
      const { readings, hash } = await heard('wrong-token')
      for (const reading of readings) {
        if (reading.kind === 'claims') expect(reading.proofHash).not.toBe(hash)
        else expect(reading.kind).toBe('forged')
      }
    })

    it('is forged without a token', async () => {
      const { readings } = await heard('no-token')
      expect(readings.map(({ kind }) => kind)).toEqual(['forged'])
    })
  })
})

async function readNotice({ provider }: ReturnType<OpenProvider>, request: Request) {
  const form = await readForm(request.clone(), 65_536, { json: provider.noticeFormat === 'json' })
  if (form.kind !== 'read') throw new Error(form.kind)
  return provider.readNotice({ headers: request.headers, fields: form.fields })
}
