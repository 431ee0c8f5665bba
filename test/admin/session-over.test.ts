import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import '../support/cheap-hashes.ts'
import { owner, ownForm } from '../support/access.ts'
import { aBook, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const PASSWORD = 'un baobab sous la pluie'
const LONG = 'Première ligne, « et » la suite.\r\n\r\nDeuxième paragraphe.'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  await owner(test, 'moussa', PASSWORD)
})
beforeEach(() => test.advance(25 * 3_600_000))
afterAll(() => test.close())

const send = (path: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
  test.post(path, fields, { ...ownForm(test), ...more })
const edit = { path: '/admin/livres/le-livre/modifier', fields: { description: LONG, title: 'T' } }
const waitingOn = async (answer: Response) => formIn(await answer.text(), /\/admin\/entrer$/)

it('keeps what was typed while somebody signs in, and sends it as it was', async () => {
  const out = await send(edit.path, edit.fields)
  expect(out.status).toBe(403)
  expect(out.headers.get('cache-control')).toContain('no-store')
  const door = await waitingOn(out)
  expect(door.fields).toMatchObject({ ...edit.fields, 'preuve-envoi': edit.path })

  // A wrong password loses nothing either.
  const entered = { ...door.fields, 'preuve-identifiant': 'moussa', preuve: 'un autre mot' }
  const wrong = await send(door.action, entered)
  expect(wrong.status).toBe(422)
  const again = await waitingOn(wrong)
  expect(again.fields).toMatchObject(edit.fields)

  const right = await send(again.action, {
    ...again.fields,
    'preuve-identifiant': 'moussa',
    preuve: PASSWORD,
  })
  expect([right.status, right.headers.get('location')]).toEqual([307, edit.path])
  expect(right.headers.get('set-cookie')).toContain('kiosque=')
})

it('keeps the texts of a form that brought a file, which is chosen again', async () => {
  const body = new FormData()
  body.set('title', 'Le puits')
  body.set('image', new File(['x'], 'image.png', { type: 'image/png' }))
  const path = '/admin/livres/le-livre/couverture'
  const out = await test.request(path, { method: 'POST', headers: ownForm(test), body })
  const html = await out.text()
  expect(html).toContain('sera à choisir de nouveau')
  expect(formIn(html, /\/admin\/entrer$/).fields).toMatchObject({ title: 'Le puits' })
})

it('asks whoever signs in under an attack for digits, and does not mix these with the form', async () => {
  const door = await waitingOn(await send(edit.path, edit.fields))
  const tried = { ...door.fields, 'preuve-identifiant': 'moussa', preuve: 'faux' }
  let asked = await send(door.action, tried)
  for (let i = 0; i < 60 && asked.status !== 429; i++)
    asked = await send(door.action, { login: 'moussa', password: `faux ${i}` })
  expect(asked.status).toBe(429)

  asked = await send(door.action, tried)
  const question = await waitingOn(asked)
  expect(question.fields['question']).toBeTruthy()
  const answered = { ...tried, ...question.fields, answer: '1', preuve: 'faux' }
  const again = await (await send(door.action, answered)).text()
  for (const name of ['question', 'answer', 'title', 'description'])
    expect([name, again.split(`name="${name}"`).length - 1]).toEqual([name, 1])
})

it('says where the text is of a form that is too large with its file', async () => {
  const body = new FormData()
  body.set('description', LONG)
  body.set('image', new File([new Uint8Array(700 * 1024)], 'image.png', { type: 'image/png' }))
  const path = '/admin/livres/le-livre/couverture'
  const headers = { ...ownForm(test), 'content-length': String(701 * 1024) }
  const out = await test.request(path, { method: 'POST', headers, body })
  expect(out.status).toBe(403)
  expect(await out.text()).toContain('revenez en arrière')
})

it('repeats no password on a page', async () => {
  for (const secret of ['password', 'present', 'passphrase']) {
    const out = await send('/admin/acces/mot-de-passe', { [secret]: PASSWORD })
    expect([secret, out.status]).toEqual([secret, 303])
  }
})

it('leads back to the page of a form that brought nothing', async () => {
  const referer = `${test.shop.config.publicUrl}/admin/livres/le-livre?x=1`
  const out = await send('/admin/livres/le-livre/publier', {}, { referer })
  expect(out.headers.get('location')).toBe(
    '/admin/entrer?suite=%2Fadmin%2Flivres%2Fle-livre%3Fx%3D1',
  )
  const elsewhere = await send(
    '/admin/livres/le-livre/publier',
    {},
    { referer: 'https://x.example/' },
  )
  expect(elsewhere.headers.get('location')).toBe('/admin/entrer?suite=%2Fadmin')
})

it('carries nothing that another site sent, nor to another address', async () => {
  const forged = await test.post(edit.path, edit.fields, { 'sec-fetch-site': 'cross-site' })
  expect(forged.status).toBe(403)
  expect(await forged.text()).not.toContain('preuve-envoi')
  const entered = { login: 'moussa', password: PASSWORD, 'preuve-envoi': '//evil.example/admin' }
  const answer = await send('/admin/entrer', entered)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
})
