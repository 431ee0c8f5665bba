import { describe, expect, it } from 'vitest'
import { dmarcDomain } from '../../src/doctor/checks/dmarc.ts'

const POLICY = 'v=DMARC1; p=none'

async function find(sender: string, records: Record<string, string[]>) {
  const asked: string[] = []
  const txt = async (name: string) => {
    asked.push(name.replace('_dmarc.', ''))
    return records[name.replace('_dmarc.', '')] ?? []
  }
  return { found: await dmarcDomain(txt, sender), asked }
}

describe("the domain whose DMARC record holds for a sender's letters", () => {
  it('is its own, with one question', async () => {
    const records = { 'mail.example.net': [POLICY], 'example.net': [POLICY] }
    expect(await find('mail.example.net', records)).toEqual({
      found: 'mail.example.net',
      asked: ['mail.example.net'],
    })
  })

  it.each([
    ['one that it belongs to', 'a.b.example.net', { 'example.net': [POLICY] }, 'example.net'],
    [
      'the uppermost of those, being the organization',
      'a.b.example.net',
      { 'b.example.net': [POLICY], 'example.net': [POLICY] },
      'example.net',
    ],
    [
      'the one that calls itself the organization',
      'a.b.example.net',
      { 'b.example.net': [`${POLICY}; psd=n`], 'example.net': [POLICY] },
      'b.example.net',
    ],
    [
      'found below two labels of a registry',
      'mail.shop.co.uk',
      { 'shop.co.uk': [POLICY] },
      'shop.co.uk',
    ],
    [
      'the one right below a registry that has a record',
      'mail.shop.co.uk',
      { 'shop.co.uk': [POLICY], 'co.uk': [`${POLICY};psd=y`] },
      'shop.co.uk',
    ],
  ])('is %s', async (_, sender, records, domain) => {
    expect((await find(sender, records)).found).toBe(domain)
  })

  it.each([
    ['nobody says anything', 'shop.co.uk', {}],
    ["the registry's word is the only one", 'shop.co.uk', { 'co.uk': [`${POLICY}; psd=y`] }],
    [
      'the record is neither of the sender nor right below the registry',
      'a.b.shop.co.uk',
      { 'b.shop.co.uk': [POLICY], 'co.uk': [`${POLICY}; psd=y`] },
    ],
    ['there are two, which count as none', 'example.net', { 'example.net': [POLICY, POLICY] }],
    ['it is something else', 'example.net', { 'example.net': ['v=spf1 -all'] }],
  ])('is none where %s', async (_, sender, records) => {
    expect((await find(sender, records)).found).toBeUndefined()
  })

  it('is looked for with eight questions, however long the name', async () => {
    const { asked } = await find('a.b.c.d.e.f.g.h.i.j.example.net', {})
    expect(asked).toEqual([
      'a.b.c.d.e.f.g.h.i.j.example.net',
      'f.g.h.i.j.example.net',
      'g.h.i.j.example.net',
      'h.i.j.example.net',
      'i.j.example.net',
      'j.example.net',
      'example.net',
      'net',
    ])
  })
})
