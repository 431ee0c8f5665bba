import { truncate } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { signIn } from '../support/desk.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const HOUR = 3_600_000

let test: TestShop
const open = async (settings: Record<string, string> = {}) => {
  test = await openTestShop({ ...MAIL_SETTINGS, ...settings })
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
}
beforeEach(() => open())
afterEach(() => test.close())

let buyers = 0
async function paidOrder(email: string) {
  const phone = `70 00 ${String(2000 + ++buyers)}`
  const order = await anOrder(test, 'le-livre', { phone, email })
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}

/** The seller's corrected file, an hour after what was sold before. */
async function newVersion(version = 2) {
  test.advance(HOUR)
  const key = `books/le-livre-${version}.pdf`
  await test.shop.files.put(key, new Blob(['%PDF-1.4 anew']).stream(), 13)
  const [file] = await test.sql<{ id: number }[]>`
    insert into files (book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, created_at)
    select book_id, slot, ${version}, name, ${key}, media_type, 13, sha256, ${test.shop.now()}
    from files
    where version = ${version - 1}
    returning id`
  test.advance(HOUR)
  return file!.id
}
const announce = async (fileId: number) => {
  const moussa = await signIn(test)
  const answer = await moussa.post(`/admin/livres/le-livre/versions/${fileId}/annoncer`, {})
  await test.settled()
  return answer
}
async function letHoursPass(hours: number) {
  for (let i = 0; i < hours; i++) {
    test.advance(HOUR)
    await pass(test.shop)
  }
}
const told = () =>
  test.mailbox.mails.filter(({ key }) => key.startsWith('edition-')).map(({ to }) => to)

describe('a new edition', () => {
  it('is told once to each address that bought before it, and to nobody else', async () => {
    await paidOrder('awa@example.com')
    await paidOrder('AWA@example.com')
    await paidOrder('binta@example.com')
    await paidOrder('')
    await anOrder(test, 'le-livre', { phone: '70 11 11 11', email: 'unpaid@example.com' })
    const fileId = await newVersion()
    await paidOrder('later@example.com')

    const answer = await announce(fileId)
    expect(answer.headers.get('location')).toContain('fait=annonce')
    await letHoursPass(2)
    expect(
      told()
        .map((to) => to.toLowerCase())
        .sort(),
    ).toEqual(['awa@example.com', 'binta@example.com'])
    const edition = test.mailbox.mails.findLast(({ to }) => to === 'binta@example.com')!
    expect(edition.subject).toBe('Nouvelle version : Le livre')
    expect(edition.text).toContain('https://livres.example.net/commande/')

    const page = await (await signIn(test)).page('/admin/livres/le-livre')
    expect(page).toContain('Annoncée à 2 acheteurs.')
    const again = await announce(fileId)
    expect(again.headers.get('location')).toContain('fait=annonce-personne')
    await letHoursPass(2)
    expect(told()).toHaveLength(2)
  })

  it('is not told to who asked not to be written to, whose receipts go on', async () => {
    const { page } = await paidOrder('awa@example.com')
    await paidOrder('binta@example.com')
    await test.post(`${page}/silence`, {})
    await announce(await newVersion())
    await letHoursPass(2)
    expect(told()).toEqual(['binta@example.com'])
    const receipts = test.mailbox.mails.filter(({ key }) => key.startsWith('receipt-'))
    expect(receipts.map(({ to }) => to)).toContain('awa@example.com')
  })

  it('is written in the buyer’s language, on the timeline of the order', async () => {
    const { code } = await paidOrder('awa@example.com')
    await test.sql`update orders set language = 'en'`
    await announce(await newVersion())
    await letHoursPass(1)
    expect(test.mailbox.mails.at(-1)!.subject).toBe('New version: Le livre')
    const page = await (await signIn(test)).page(`/admin/commandes/${code}`)
    expect(page).toContain('L’annonce de la nouvelle version est partie')
  })

  it('leaves after receipts, and takes half of an hour’s places at most', async () => {
    await test.close()
    await open({ MAIL_PER_HOUR: '4' })
    for (let i = 0; i < 4; i++) await paidOrder(`awa-${i}@example.com`)
    await announce(await newVersion())
    for (let i = 0; i < 3; i++) await pass(test.shop)
    expect(told()).toHaveLength(2)
    await paidOrder('binta@example.com')
    expect(test.mailbox.mails.at(-1)).toMatchObject({ to: 'binta@example.com' })
    await letHoursPass(1)
    expect(told()).toHaveLength(4)
  })

  it('goes to no one whose order was refunded, or when the version was taken back', async () => {
    const { code } = await paidOrder('awa@example.com')
    await paidOrder('binta@example.com')
    const fileId = await newVersion()
    const moussa = await signIn(test)
    const { mail } = test.shop
    test.shop.mail = { ...mail!, send: async () => ({ kind: 'later', reason: 'off' }) }
    await announce(fileId)
    test.shop.mail = mail
    await moussa.post(`/admin/commandes/${code}/rembourser`, {
      amount: '5000',
      reason: 'Une erreur',
      reference: '',
    })
    await moussa.post(`/admin/livres/le-livre/versions/${fileId}/retirer`, {})
    await letHoursPass(3)
    expect(told()).toEqual([])
  })

  it('is refused for a first version, an old one, another book’s, and without mail', async () => {
    await paidOrder('awa@example.com')
    const [first] = await test.sql<{ id: number }[]>`select id from files`
    expect((await announce(first!.id)).status).toBe(404)
    const second = await newVersion()
    const third = await newVersion(3)
    expect((await announce(second)).status).toBe(404)
    await aBook(test, { slug: 'autre' })
    const moussa = await signIn(test)
    const path = `/admin/livres/autre/versions/${third}/annoncer`
    expect((await moussa.post(path, {})).status).toBe(404)
    test.shop.mail = undefined
    const answer = await announce(third)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('n’envoie pas d’e-mails')
    expect(await test.sql`select from messages where kind = 'edition'`).toEqual([])
  })
})

describe('a file that was damaged', () => {
  it('is said to be back, once, to who wanted it meanwhile', async () => {
    const { page } = await paidOrder('awa@example.com')
    await paidOrder('binta@example.com')
    const link = /href="(\/d\/[^"?]+)"/.exec(await (await test.request(page)).text())![1]!
    await truncate(`${test.folder}/books/le-livre.pdf`, 3)
    expect((await test.request(link)).status).toBe(503)
    await test.settled()
    await newVersion()
    await letHoursPass(2)
    const back = test.mailbox.mails.filter(({ key }) => key.startsWith('back-'))
    expect(back.map(({ to, subject }) => [to, subject])).toEqual([
      ['awa@example.com', 'Votre livre est prêt : Le livre'],
    ])
  })
})
