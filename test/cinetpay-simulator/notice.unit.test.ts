import { describe, expect, it, test } from 'vitest'
import { signNotice } from '../../packages/cinetpay-simulator/notice.ts'
import examples from '../fixtures/hmac-examples.json' with { type: 'json' }
import { creation, KEYS, noticeOf, tokenOf, world } from '../support/simulator.ts'

describe('the notice', () => {
  test.each(examples)('is signed like the known example $x-token', async (example) => {
    expect(await signNotice(example.fields, example.secret)).toBe(example['x-token'])
  })

  it('follows a ping, and holds the sixteen fields in order under a true token', async () => {
    const w = world()
    const path = await w.open({ metadata: 'k1' })
    await w.choose(path, 'accept', { phone: '+225 07 07 07 07 07' })
    const [ping, notice, ...more] = w.calls
    expect(more).toEqual([])
    expect(ping).toMatchObject({ method: 'GET', url: creation.notify_url, body: '' })
    expect(notice).toMatchObject({ method: 'POST', url: creation.notify_url })
    expect(notice?.type).toMatch(/^application\/x-www-form-urlencoded/)
    expect(ping?.headers.get('user-agent')).toBe('CinetPay-Simulator/1.0')
    expect(notice?.headers.get('user-agent')).toBe('CinetPay-Simulator/1.0')

    const fields = [...new URLSearchParams(notice?.body)]
    expect(fields).toEqual([
      ['cpm_site_id', KEYS.siteId],
      ['cpm_trans_id', creation.transaction_id],
      ['cpm_trans_date', '2026-03-05 10:00:00'],
      ['cpm_amount', '5000'],
      ['cpm_currency', 'XOF'],
      ['signature', expect.stringMatching(/^[0-9a-f]{64}$/)],
      ['payment_method', 'OM'],
      ['cel_phone_num', '0707070707'],
      ['cpm_phone_prefixe', '225'],
      ['cpm_language', 'fr'],
      ['cpm_version', 'V4'],
      ['cpm_payment_config', 'SINGLE'],
      ['cpm_page_action', 'PAYMENT'],
      ['cpm_custom', 'k1'],
      ['cpm_designation', 'Achat Le livre'],
      ['cpm_error_message', 'SUCCES'],
    ])
    expect(notice?.headers.get('x-token')).toBe(tokenOf(Object.fromEntries(fields)))
  })

  it('sends empty fields rather than none', async () => {
    const w = world()
    await w.choose(await w.open(), 'accept')
    expect(noticeOf(w.notices()[0])).toMatchObject({ cpm_custom: '', cel_phone_num: '' })
  })

  test.each([
    ['+22370000000', '223', '70000000'],
    ['22177123456789', '221', '77123456789'],
    ['0707070707', '225', '0707070707'],
    ['22312345', '225', '22312345'],
  ])('splits %s into %s and %s', async (phone, prefix, number) => {
    const w = world()
    await w.choose(await w.open(), 'accept', { phone })
    expect(noticeOf(w.notices()[0])).toMatchObject({
      cpm_phone_prefixe: prefix,
      cel_phone_num: number,
    })
  })

  it('is sent before the browser goes back', async () => {
    const received: string[] = []
    const fetch = async ({ method }: Request) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      received.push(method)
      return new Response()
    }
    const w = world({ fetch })
    await w.choose(await w.open(), 'accept')
    expect(received).toEqual(['GET', 'POST'])
  })

  it('comes first in waiting when the operator asks for a confirmation by phone', async () => {
    const codes: string[] = []
    const w = world({
      fetch: async ({ method }) => {
        if (method === 'POST') codes.push((await w.check()).code)
        return new Response()
      },
    })
    await w.choose(await w.open(), 'accept', { operator: 'MOMO' })
    expect(codes).toEqual(['662', '00'])
  })

  it('is not sent to a shop that does not answer 200 to the ping', async () => {
    const methods: string[] = []
    const w = world({
      fetch: async ({ method }) => {
        methods.push(method)
        return new Response('', { status: 405 })
      },
    })
    await w.choose(await w.open(), 'accept')
    expect(methods).toEqual(['GET'])
  })

  it('changes nothing for the customer when the shop cannot be reached', async () => {
    const w = world({ fetch: async () => Promise.reject(new Error('refused')) })
    expect((await w.choose(await w.open(), 'accept')).status).toBe(200)
    expect((await w.check()).code).toBe('00')
  })
})
