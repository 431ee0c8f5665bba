import { truncate } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { readPushTarget } from '../../src/mail/push.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const NTFY = 'https://ntfy.sh/chez-moussa-7Kq2'
const TELEGRAM =
  'https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123/sendMessage?chat_id=-100123'
const MINUTE = 60_000

let test: TestShop
/** What came to the phone: where it was sent, and what it said. */
let notes: { url: string; body: Record<string, string> }[]
/** Answers of the next calls, before those that go well. */
let troubles: (number | 'cut')[]

const openPhone = async () => {
  test = await openTestShop()
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
  notes = []
  troubles = []
  test.intercept(async (request) => {
    const { hostname } = new URL(request.url)
    if (hostname !== 'ntfy.sh' && hostname !== 'api.telegram.org') return undefined
    const trouble = troubles.shift()
    if (trouble === 'cut') throw new TypeError('fetch failed')
    if (trouble) return new Response('no', { status: trouble })
    notes.push({ url: request.url, body: (await request.json()) as Record<string, string> })
    return Response.json({ ok: true })
  })
}

const keep = async (push: string, deed = 'save') =>
  (await signIn(test)).post('/admin/reglages/alertes', { version: '0', push, deed })
async function anotherAmount() {
  const order = await anOrder(test, 'le-livre', { phone: '70 12 34 56' })
  await atCinetpay(test, order.payPage, 'accept', 'check-wrong-amount')
  await test.settled()
  await pass(test.shop)
  return order
}

describe('the seller’s phone', () => {
  beforeEach(openPhone)
  afterEach(() => test.close())

  it('is told of what needs a person, once, and of no buyer’s name or number', async () => {
    expect((await keep(NTFY)).status).toBe(303)
    const { code } = await anotherAmount()
    await pass(test.shop)
    expect(notes).toHaveLength(1)
    const [{ url, body }] = notes as [(typeof notes)[0]]
    expect(url).toBe('https://ntfy.sh/')
    expect(body).toMatchObject({
      topic: 'chez-moussa-7Kq2',
      click: `https://livres.example.net/admin/commandes/${code}`,
    })
    expect(JSON.stringify(body)).not.toMatch(/Awa|70 ?12|@/)
    const page = await (await signIn(test)).page(`/admin/commandes/${code}`)
    expect(page).toContain('Votre téléphone a été prévenu')
  })

  it('is told by a Telegram bot, whose key is in no log', async () => {
    await keep(TELEGRAM)
    await anotherAmount()
    expect(notes[0]!.url).toBe(
      'https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123/sendMessage',
    )
    expect(notes[0]!.body['chat_id']).toBe('-100123')
    expect(test.lines.join('\n')).not.toContain('AAF-')
  })

  it('is told of a damaged file', async () => {
    await keep(NTFY)
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    await truncate(`${test.folder}/books/le-livre.pdf`, 3)
    const link = /href="(\/d\/[^"?]+)"/.exec(await (await test.request(order.page)).text())![1]!
    expect((await test.request(link)).status).toBe(503)
    await test.settled()
    await pass(test.shop)
    expect(notes.map(({ body }) => body['title'])).toEqual(['Fichier abîmé : Le livre'])
  })

  it.each(['cut', 500, 429] as const)('is tried again after %s', async (trouble) => {
    await keep(NTFY)
    troubles.push(trouble)
    await anotherAmount()
    expect(notes).toEqual([])
    test.advance(2 * MINUTE)
    await pass(test.shop)
    expect(notes).toHaveLength(1)
  })

  it('that is not there any more is not asked again, and the timeline says so', async () => {
    await keep(NTFY)
    troubles.push(404)
    const { code } = await anotherAmount()
    test.advance(60 * MINUTE)
    await pass(test.shop)
    expect(notes).toEqual([])
    const page = await (await signIn(test)).page(`/admin/commandes/${code}`)
    expect(page).toContain('L’alerte sur votre téléphone n’est pas partie')
  })

  it('can be tried before it is kept, and keeps what was typed when it fails', async () => {
    const tried = await keep(NTFY, 'try')
    expect(await tried.text()).toContain('L’essai est parti')
    expect(notes[0]!.body).toMatchObject({ title: 'Essai' })
    troubles.push(403)
    const failed = await keep(NTFY, 'try')
    expect(failed.status).toBe(422)
    const page = await failed.text()
    expect(page).toContain('le service refuse cette adresse')
    expect(page).toContain(NTFY)
    expect((await test.sql`select from settings where section = 'alerts'`).length).toBe(0)
  })

  it('has an address that is right, or is told how it is written, with what was typed', async () => {
    const answer = await keep('https://localhost/topic')
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Corrigez-la ou laissez vide')
    expect(page).toContain('https://localhost/topic')
  })

  it('is told nothing of what happened before it was known', async () => {
    await anotherAmount()
    await keep(NTFY)
    test.advance(MINUTE)
    await pass(test.shop)
    expect(notes).toEqual([])
  })
})

describe('an address for alerts', () => {
  it.each([
    'http://ntfy.sh/topic',
    'https://ntfy.sh/',
    'https://ntfy.sh/a/b',
    'https://ntfy.sh/topic?auth=x',
    'https://localhost/topic',
    'https://10.0.0.1/topic',
    'https://[::1]/topic',
    'https://files.internal/topic',
    'https://user:pass@ntfy.sh/topic',
    'https://ntfy.sh:8443/topic',
    'https://api.telegram.org/bot1:x/sendMessage?chat_id=1',
    'https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123/getUpdates?chat_id=1',
    'https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123/sendMessage',
    'javascript:alert(1)',
  ])('%s is none', (address) => {
    expect(readPushTarget(address)).toBeUndefined()
  })
})
