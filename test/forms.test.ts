import * as v from 'valibot'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { ownForms } from '../src/forms/own-forms.ts'
import { parse, typedIn } from '../src/forms/parse.ts'
import { readForm } from '../src/forms/read.ts'
import { amount, area, day, email, line, optional } from '../src/forms/shapes.ts'
import { withForm } from '../src/forms/with-form.ts'
import type { FormEnv } from '../src/forms/with-form.ts'

const KIB = 1024
const sent = (body: BodyInit, headers: HeadersInit = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers })
const form = (entries: [string, string | Blob][]) => {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return sent(data)
}

describe('a body', () => {
  it('is read as fields, urlencoded or multipart', async () => {
    for (const request of [sent(new URLSearchParams('a=1&b=%C3%A9')), form([['a', '1'], ['b', 'é']])]) {
      const read = await readForm(request, KIB)
      expect(read).toEqual({ kind: 'read', fields: new Map([['a', '1'], ['b', 'é']]), files: new Map() })
    } // prettier-ignore
  })

  it('that holds nothing is a form without fields', async () => {
    const request = new Request('http://localhost/', { method: 'POST' })
    const empty = { kind: 'read', fields: new Map(), files: new Map() }
    expect(await readForm(request, KIB)).toEqual(empty)
  })

  it('is refused when it is no form of ours', async () => {
    const bad = [
      sent('a=1', { 'content-type': 'text/plain' }),
      sent(new URLSearchParams('a=1&a=2')),
      sent(new URLSearchParams('a=%00')),
      sent('a=%FF', { 'content-type': 'multipart/form-data; boundary=x' }),
      form([['a', new Blob(['x'])]]),
      sent('{"a":1}', { 'content-type': 'application/json' }),
    ]
    for (const request of bad) expect(await readForm(request, KIB)).toEqual({ kind: 'malformed' })
    expect(await readForm(sent(new URLSearchParams({ a: 'x'.repeat(KIB) })), KIB)).toEqual({
      kind: 'too-large',
    })
  })

  it('holds files where they are allowed; an empty one is none', async () => {
    const request = form([['a', '1'], ['file', new Blob(['abc'])], ['other', new Blob([])]]) // prettier-ignore
    const read = await readForm(request, KIB, { files: true })
    if (read.kind !== 'read') throw new Error(read.kind)
    expect([...read.files.keys()]).toEqual(['file'])
    expect(await read.files.get('file')!.text()).toBe('abc')
    const plain = await readForm(sent(new URLSearchParams('a=1')), KIB, { files: true })
    expect(plain.kind).toBe('malformed')
  })
})

describe('what was typed', () => {
  const Schema = v.object({
    name: line({ min: 1, max: 5 }, 'A name, please.'),
    text: area({ max: 20 }, 'Too long.'),
    sum: amount({ from: 1, to: 5_000 }, 'From 1 to 5000.'),
    until: day('A day, please.'),
    email: email('An address, please.'),
    most: optional(amount({ to: 9 }, 'Up to 9, or nothing.')),
  })
  const typed = {
    name: ' A\u200b\n wa ', text: 'a\r\nb ', sum: '2 500 F CFA', until: '24/12/2026', email: '', most: '',
  } // prettier-ignore

  it('takes an address as it is copied, with signs that nobody sees', () => {
    for (const typed of [
      ' awa@example.net\n',
      '\u202aawa@example.net\u202c',
      'awa@example.net\u200b',
    ])
      expect(parse(v.object({ email: email('An address, please.') }), { email: typed })).toEqual({
        ok: true,
        value: { email: 'awa@example.net' },
      })
  })

  it('is read as what it means', () => {
    expect(parse(Schema, typed)).toEqual({
      ok: true,
      value: {
        name: 'A wa', text: 'a\nb', sum: 2_500, until: new Date('2026-12-24'), email: '', most: null,
      },
    }) // prettier-ignore
  })

  it('gets one sentence at each field that is wrong', () => {
    const wrong = { name: '', text: 'x'.repeat(21), sum: '2,5', until: '31/02/2026', email: 'awa@', most: '10' } // prettier-ignore
    expect(parse(Schema, wrong)).toEqual({
      ok: false,
      errors: {
        name: 'A name, please.', text: 'Too long.', sum: 'From 1 to 5000.', until: 'A day, please.',
        email: 'An address, please.', most: 'Up to 9, or nothing.',
      },
    }) // prettier-ignore
  })

  it('is kept as it was typed, by name', () => {
    const fields = new Map([['name', ' Awa '], ['other', 'x']]) // prettier-ignore
    expect(typedIn(fields, ['name', 'sum'], 3)).toEqual({ name: ' Aw', sum: '' })
  })
})

describe('a form that is sent', () => {
  const app = new Hono<FormEnv>()
  app.use(ownForms(() => 'https://ours.example', (c) => c.text('foreign', 403))) // prettier-ignore
  app.post('/', withForm(KIB), (c) => c.text(c.var.fields.get('a') ?? ''))
  const post = (body: string, headers: Record<string, string>) =>
    app.request('/', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })

  it('is refused from another site, or with no word of where it is from', async () => {
    const own: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'https://ours.example' },
    ]
    const foreign: Record<string, string>[] = [{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://ours.example', 'sec-fetch-site': 'cross-site' }, { origin: 'null' }] // prettier-ignore
    for (const headers of own) expect((await post('a=1', headers)).status).toBe(200)
    for (const headers of foreign) expect((await post('a=1', headers)).status).toBe(403)
  })

  it('is not handled when it cannot be read', async () => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    expect((await post('a=1&a=2', headers)).status).toBe(400)
    expect((await post(`a=${'x'.repeat(KIB)}`, headers)).status).toBe(413)
    expect(await (await post('a=1', headers)).text()).toBe('1')
  })
})
