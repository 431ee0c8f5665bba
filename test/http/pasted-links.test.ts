import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invitationKey } from '../../src/admin/access/keys.ts'
import { booksKey } from '../../src/links/keys.ts'
import { phoneKey } from '../../src/links/probe-keys.ts'
import { aBook, anOrder, atCinetpay, BUYERS_DEVICE, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
/** What a person pastes, by what it opens. */
const links: Record<string, string> = {}
beforeAll(async () => {
  test = await openTestShop()
  const { appSecret } = test.shop.config
  await aBook(test)
  const order = await anOrder(test, 'le-livre', { email: 'awa@example.com' } as never)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  const html = await (await test.request(order.page, { headers: BUYERS_DEVICE })).text()
  const unpaid = await anOrder(test, 'le-livre', { phone: '66001122' })
  const lock = { code: order.code, linkVersion: 1, email: 'awa@example.com' }
  const soon = new Date(test.shop.now().getTime() + 60 * 60_000)
  Object.assign(links, {
    order: order.page,
    file: /href="(\/d\/[^"?]+)"/.exec(html)![1]!,
    claim: `${unpaid.page}/debite`,
    receipt: `${order.page}/recu`,
    books: `/retrouver/livres/${await booksKey(appSecret, lock, soon)}`,
    booksInEnglish: `/en/retrouver/livres/${await booksKey(appSecret, lock, soon)}`,
    phone: `/diagnostic/telephone/${await phoneKey(appSecret, '198.51.100.7', test.shop.now())}`,
    setup: `/admin/installation/${'Ab_-'.repeat(6).slice(0, 22)}`,
    invitation: `/admin/invitation/${await invitationKey(appSecret, { id: 7, invitedAt: soon })}`,
    book: '/livres/le-livre',
    bookInEnglish: '/en/livres/le-livre',
    find: '/retrouver',
  })
})
afterAll(() => test.close())

const KINDS = [
  'order', 'file', 'claim', 'receipt', 'books', 'booksInEnglish', 'phone', 'setup', 'invitation',
  'book', 'bookInEnglish', 'find',
] // prettier-ignore

/** As a browser sends what a chat has made a part of the link. */
const TAILS = [
  '.', ',', ';', ':', '!', ')', ').', ']', '%3E', '%20', '%20%20', '+', '%C2%A0', '…', '...', '’',
  '”', '%22', "'", '%20»', '%C2%A0».', '%E2%80%8B', '%EF%BB%BF', '%E2%80%8E', '*', '~', '_', '*.',
  '_).', '%60', '%7C', '/)', '%0A', '%0D%0A', '%3F', '🙏', '❤️', '—',
] // prettier-ignore

const ask = (address: string, init: RequestInit = {}) =>
  test.request(`http://localhost${address}`, { headers: BUYERS_DEVICE, ...init })

describe.each(KINDS)('a link to the %s', (kind) => {
  it('leads to the clean one, whatever a chat put behind it', async () => {
    const link = links[kind]!
    for (const tail of TAILS) {
      const answer = await ask(link + tail)
      expect([tail, answer.status, answer.headers.get('location')]).toEqual([tail, 302, link])
      expect(answer.headers.get('cache-control')).toContain('no-store')
    }
    expect((await ask(`${link}).?fbclid=x`)).headers.get('location')).toBe(`${link}?fbclid=x`)
    expect((await ask(`${link}).`, { method: 'HEAD' })).status).toBe(302)
  })

  it('is not touched where it is right, nor when something is sent to it', async () => {
    const link = links[kind]!
    for (const address of [link, `${link}/`, `${link}?`, `${link}?!).`])
      expect((await ask(address, { method: 'HEAD' })).status).not.toBe(302)
    expect((await ask(`${link}).`, { method: 'POST' })).status).not.toBe(302)
  })
})

describe('an order’s link', () => {
  it('opens with a full stop behind it', async () => {
    const { headers } = await ask(`${links['order']}.`)
    expect(await (await ask(headers.get('location')!)).text()).toContain('data-status="paid"')
  })

  it('leads to the clean one with a word behind it', async () => {
    for (const tail of ['.Merci', '_', '__', '_Merci', ')et', '&x=1', '…%20voici'])
      expect((await ask(links['order'] + tail)).headers.get('location')).toBe(links['order'])
  })

  it('is not cut when its key ends as a mark might', async () => {
    for (const key of ['7K3M94FT.AAAAAAAAAAAAAAAAAAAAA_', '7K3M94FT.AAAAAAAAAAAAAAAAAAAA_-'])
      for (const [tail, status] of [['', 404], ['_', 302], [').', 302]] as const) {
        const answer = await ask(`/commande/${key}${tail}`)
        expect(answer.status).toBe(status)
        if (status === 302) expect(answer.headers.get('location')).toBe(`/commande/${key}`)
      } // prettier-ignore
  })

  it('with one sign of its key missing opens nothing', async () => {
    expect((await ask(links['order']!.slice(0, -1))).status).toBe(404)
    expect((await ask(`${links['order']!.slice(0, -1)}.`)).status).toBe(302)
  })

  it('with one sign more has another key', async () => {
    for (const more of ['x', '0', '-']) expect((await ask(links['order'] + more)).status).toBe(404)
  })
})

describe('a mark behind an address', () => {
  it.each([
    ['//example.net).', '/example.net'],
    ['//example.net/x.', '/example.net/x'],
    ['/\\example.net/x.', '/example.net/x'],
    ['/%2F%2Fexample.net).', '/%2F%2Fexample.net'],
    ['/%5C%5Cexample.net).', '/%5C%5Cexample.net'],
    ['/x/%2Fexample.net).', '/x/%2Fexample.net'],
    ['/)', '/'],
    ['/en/...)', '/en'],
    ['/.).', '/'],
    ['/javascript:alert(1)', '/javascript%3Aalert(1'],
    ['/a%0d%0aset-cookie:x=1;', '/a%0D%0Aset-cookie%3Ax%3D1'],
    ['//?x=//example.net).', undefined],
    ['/)'.repeat(1_000), '/'],
    ['/)'.repeat(9_000), undefined],
  ])('%s leads to no other site', async (address, location) => {
    const answer = await ask(address)
    expect(answer.headers.get('location') ?? undefined).toBe(location)
  })

  it('in an escape that is cut off is a fault like any other', async () => {
    expect((await ask('/livres/le-livre%E2%80')).status).toBe(400)
    const answer = await ask(`${links['order']}%E2%80`)
    expect(answer.headers.get('location')).toBe(links['order'])
  })
})
