import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { formIn } from '../support/shop.ts'

/** Each walk has a browser of its own: the same one, with the same words, would be led to what it bought before. */
let walks = 0

/** What the buyer holds afterwards. */
export type Bought = { orderPage: string; file: string }

/**
 * One purchase as a buyer's browser makes it, over a socket: the storefront, the book, the form, the
 * simulator's page (of the API that it plays), the cross-site way back, the order page, the bytes in three ranges.
 */
export async function walk(shop: string, api: 'v1' | 'v2' = 'v1'): Promise<Bought> {
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, shop), { redirect: 'manual', ...init })
  const send = (path: string, fields: Record<string, string>, headers = {}) =>
    visit(path, { method: 'POST', body: new URLSearchParams(fields), headers })

  const window = await (await visit('/')).text()
  expect(window).toContain('Démonstration')
  const books = [...window.matchAll(/href="(\/livres\/[^"]+)"/g)].map(([, path]) => path!)
  expect(books.length).toBeGreaterThanOrEqual(4)
  const cover = await visit(`${books[0]}/couverture`)
  expect(cover.headers.get('content-type')).toBe('image/svg+xml')
  await cover.arrayBuffer()

  const book = await (await visit(books[0]!)).text()
  const form = formIn(book, /acheter$/)
  const buyer = { name: 'Awa Traoré', phone: '76 12 34 56', country: 'ML', email: '' }
  const browser = { 'user-agent': `Walk ${++walks}` }
  const bought = await send(form.action, { ...form.fields, ...buyer }, browser)
  expect(bought.status).toBe(303)
  let payPage = bought.headers.get('location')!
  await bought.text()
  if (api === 'v1') {
    expect(payPage).toContain(`${shop}/simulateur/checkout/`)
    const forwarded = await visit(payPage)
    payPage = forwarded.headers.get('location')!
  }
  expect(payPage).toContain(`${shop}/simulateur/payment/`)

  const choice = { deed: 'accept', operator: 'OM', phone: '76123456' }
  const atSimulator = await (await send(payPage, choice)).text()
  const back = formIn(atSimulator, /payment\/return/)
  const cinetpay = { origin: 'https://checkout.cinetpay.com', 'sec-fetch-site': 'cross-site' }
  // A gateway hangs a question mark of its own on it.
  const address = `${back.action.replaceAll('&amp;', '&')}?transaction_id=x`
  const returned = await send(address, back.fields, cinetpay)
  expect(returned.status).toBe(303)
  await returned.text()
  const orderPage = returned.headers.get('location')!

  const pasted = await visit(`${orderPage}%C2%A0».`)
  expect(pasted.status).toBe(302)
  expect(pasted.headers.get('location')).toBe(orderPage)
  await pasted.text()
  const order = await (await visit(orderPage)).text()
  expect(order).toContain('data-status="paid"')
  const state = await visit(`${orderPage}/statut`)
  expect(await state.json()).toEqual({ status: 'paid' })

  const file = /href="(\/d\/[^"?]+)"/.exec(order)![1]!
  const head = await visit(file, { method: 'HEAD' })
  const size = Number(head.headers.get('content-length'))
  const cuts = [0, Math.floor(size / 3), Math.floor((size * 2) / 3), size]
  const hash = createHash('sha256')
  for (let part = 0; part < 3; part++) {
    const range = `bytes=${cuts[part]}-${cuts[part + 1]! - 1}`
    const answer = await visit(file, { headers: { range } })
    expect(answer.status).toBe(206)
    hash.update(new Uint8Array(await answer.arrayBuffer()))
  }
  const whole = await visit(file)
  expect(whole.headers.get('etag')).toBe(head.headers.get('etag'))
  const bytes = new Uint8Array(await whole.arrayBuffer())
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
  // The buyer's own copy: the stamp stands behind the book.
  expect(Buffer.from(bytes.subarray(-8_000)).includes('KiosqueOrder')).toBe(true)

  const forged = await send(
    '/payment/callback/',
    { cpm_trans_id: 'A' },
    { 'x-token': 'b'.repeat(64) },
  )
  expect(forged.status).toBe(401)
  await forged.text()
  const strange = await visit('/livres/%00')
  expect(strange.status).toBe(400)
  await strange.text()
  const health = await visit('/healthz')
  expect(await health.json()).toEqual({ database: true, storage: true })
  return { orderPage, file }
}
