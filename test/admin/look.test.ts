import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../support/desk.ts'
import { picture } from '../support/pictures.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
let helper: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fatou')
})
afterAll(() => test.close())

const LOOK = '/admin/reglages/apparence'
const home = async () => {
  test.advance(3_000)
  return (await test.request('/')).text()
}
const sheetIn = (html: string) => /<link rel="stylesheet" href="([^"]+)"/.exec(html)![1]!
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!

async function saveColour(colour: string) {
  const version = versionIn(await owner.page(LOOK))
  return owner.post(LOOK, { version, colour, deed: 'save' })
}

async function sendLogo(bytes: Uint8Array, as = owner) {
  const body = new FormData()
  body.set('logo', new File([bytes as BlobPart], 'logo.png'))
  const headers = { ...as.headers, origin: test.shop.config.publicUrl }
  return test.request(`${LOOK}/logo`, { method: 'POST', body, headers })
}

describe('the look of a shop', () => {
  it('comes by one stylesheet, whose address holds its colour and is kept for good', async () => {
    const before = sheetIn(await home())
    expect((await saveColour('#1D4F91')).status).toBe(303)
    const after = sheetIn(await home())
    expect(after).toBe(before.replace('9a3b17', '1d4f91'))
    const answer = await test.request(after)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(await answer.text()).toContain('--brand:#1d4f91')
    // A page kept from before an update still finds a stylesheet, and does not keep it.
    const old = await test.request(after.replace(/-[0-9a-f]{8}-/, '-00000000-'))
    expect(old.status).toBe(200)
    expect(old.headers.get('cache-control')).toBe('no-cache')
    expect((await test.request(after.replace('1d4f91', 'rouge'))).status).toBe(404)
  })

  it('refuses what is no colour with a sentence at the field', async () => {
    const answer = await saveColour('red;}')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/id="colour-error"[^>]*>Choisissez une couleur/)
  })

  it('shows a logo, keeps the colour beside it, and takes it off again', async () => {
    const bytes = picture('png', 200, 80)
    expect((await sendLogo(bytes)).status).toBe(303)
    const html = await home()
    const [, path] = /<img class="logo" src="([^"]+)" alt="" width="100" height="40"/.exec(html)!
    // The one picture is the icon, too: a visit asks for no fifth thing.
    expect(html).toContain(`<link rel="icon" href="${path}"`)
    expect(sheetIn(html)).toContain('1d4f91')
    const answer = await test.request(path!)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)

    expect((await owner.post(`${LOOK}/logo/enlever`, {})).status).toBe(303)
    expect(await home()).not.toContain('class="logo"')
    await test.settled()
    expect((await test.request(path!)).status).toBe(404)
  })

  it('refuses a logo that is heavy, or no picture, or none', async () => {
    const wrong = [picture('png', 200, 80, 20_001), picture('png', 2_001, 80), new TextEncoder().encode('<svg/>'), new Uint8Array()] // prettier-ignore
    for (const bytes of wrong) {
      const answer = await sendLogo(bytes)
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('id="logo-error"')
    }
    expect((await sendLogo(picture('png', 200, 80), helper)).status).toBe(403)
    expect(await home()).not.toContain('class="logo"')
  })
})
