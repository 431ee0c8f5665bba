import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { DatabaseUnavailable } from '../../src/data/database.ts'
import { readSettings } from '../../src/data/settings.ts'
import { aBook, anOrder, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { readSection } from '../../src/config/settings.ts'
import { signIn } from '../support/desk.ts'

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
let helper: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fatou')
})
beforeEach(async () => {
  await test.sql`delete from settings`
  // Past what the cache remembers, and the throttle's window.
  test.advance(11 * 60_000)
})
afterAll(() => test.close())

const text = async (path: string) => (await test.request(path)).text()
const valueOf = (html: string, name: string) =>
  new RegExp(`<(?:input|textarea)[^>]*name="${name}"[^>]*?(?:value="([^"]*)"|>([^<]*)<)`).exec(html)
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!

/** Fills in a page of the settings as it stands, with some fields typed anew. */
async function save(slug: string, fields: Record<string, string>, deed = 'save') {
  const path = `/admin/reglages/${slug}`
  const html = await owner.page(path)
  const names = [...html.matchAll(/<(?:input|textarea|select) [^>]*?name="(\w+)"/g)].map(
    ([, name]) => name!,
  )
  const there = names.map((name) => {
    const found = valueOf(html, name)
    return [name, (found?.[1] ?? found?.[2] ?? '').replaceAll('&#39;', "'")]
  })
  return owner.post(path, { ...Object.fromEntries(there), deed, ...fields })
}

const SHOP = {
  name: 'Librairie Moussa',
  tagline: 'Des livres du Mali',
  country: 'SN',
  whatsapp: '+223 76 12 34 99',
  email: 'moussa@example.com',
}

describe('the settings', () => {
  it('are the owner’s alone', async () => {
    const pages = ['', '/boutique', '/identite', '/pages', '/messages', '/aides', '/frais']
    for (const page of [...pages, '/conservation', '/vie-privee']) {
      expect((await helper.get(`/admin/reglages${page}`)).status).toBe(403)
      expect((await owner.get(`/admin/reglages${page}`)).status).toBe(200)
      expect((await test.request(`/admin/reglages${page}`)).status).toBe(303)
    }
    expect((await helper.post('/admin/reglages/frais', { version: '0', rate: '1' })).status).toBe(
      403,
    )
    expect((await readSettings(test.sql)).fees.basisPoints).toBe(350)
  })

  it('name the shop on every public page, at once', async () => {
    expect(await text('/')).toContain('· Kiosque</title>')
    const answer = await save('boutique', SHOP)
    expect(answer.status).toBe(303)
    const home = await text('/')
    expect(home).toContain('· Librairie Moussa</title>')
    expect(home).toContain('Des livres du Mali')
    expect(await text('/livres/le-livre')).toContain('Librairie Moussa')
    expect(await text('/livres/le-livre')).toMatch(/value="SN" selected/)
    expect(await text('/nulle-part')).toContain('Librairie Moussa')
    expect(await owner.page(answer.headers.get('location')!)).toContain('C’est enregistré.')
  })

  it('give buyers the way to write to the shop, with the code of their order', async () => {
    const { page, code } = await anOrder(test, 'le-livre', { phone: '76 00 00 01' })
    expect(await text(page)).not.toContain('wa.me')
    await save('boutique', { ...SHOP, whatsapp: '' })
    expect(await text(page)).toContain('mailto:moussa%40example.com?subject=')
    await save('boutique', SHOP)
    const spelled = `${code.slice(0, 4)}-${code.slice(4)}`
    const html = await text(page)
    expect(html).toContain(`https://wa.me/22376123499?text=`)
    expect(html).toContain(encodeURIComponent(spelled))
  })

  it('ask the database nothing more for a status, a notice or bytes', async () => {
    const { page } = await anOrder(test, 'le-livre', { phone: '76 00 00 02' })
    await test.sql`insert into settings (section, value, changed_at) values ('shop', '{"name":"A"}', now())`
    test.advance(60_000)
    const asked: string[] = []
    const sql = Object.assign(
      (first: TemplateStringsArray, ...rest: never[]) => {
        if (Object.hasOwn(first, 'raw')) asked.push(first.join('?'))
        return test.sql(first, ...rest)
      },
      { json: test.sql.json },
    )
    const shop = { ...test.shop, sql: sql as unknown as typeof test.sql, storefrontGapMs: 1_000 }
    await app.request(`${page}/statut`, {}, shop)
    await app.request('/payment/callback/', { method: 'POST', body: new URLSearchParams() }, shop)
    expect(asked.filter((query) => query.includes('from settings'))).toEqual([])
    await app.request('/', {}, shop)
    expect(asked.filter((query) => query.includes('from settings'))).toHaveLength(1)
    await app.request('/', {}, shop)
    expect(asked.filter((query) => query.includes('from settings'))).toHaveLength(1)
  })

  it('are not asked for by the page that says that the database is away', async () => {
    await save('boutique', SHOP)
    await text('/')
    test.advance(60_000)
    let asked = 0
    const away = () => {
      asked += 1
      return Promise.reject(new DatabaseUnavailable('ECONNREFUSED'))
    }
    const shop = { ...test.shop, sql: away as unknown as typeof test.sql }
    const answer = await app.request('/mentions-legales', {}, shop)
    expect(answer.status).toBe(503)
    expect(asked).toBe(1)
    // In the name that was known last.
    expect(await answer.text()).toContain('Librairie Moussa')
  })

  it('that another process saves are seen within two seconds', async () => {
    test.shop.storefrontGapMs = 1_000
    await text('/')
    await test.sql`insert into settings (section, value, changed_at) values ('shop', '{"name":"Ailleurs"}', now())`
    expect(await text('/')).not.toContain('Ailleurs')
    test.advance(2_001)
    expect(await text('/')).toContain('Ailleurs')
    test.shop.storefrontGapMs = 0
  })

  it('tell the second of two people who was first, and keep what both typed', async () => {
    await save('boutique', SHOP)
    const version = versionIn(await owner.page('/admin/reglages/boutique'))
    await save('boutique', { ...SHOP, name: 'Chez Moussa' })
    const late = { ...SHOP, name: 'Chez Fatou', version }
    const answer = await owner.post('/admin/reglages/boutique', late)
    const html = await answer.text()
    expect(answer.status).toBe(409)
    expect(html).toContain('Moussa a enregistré une autre version')
    expect(html).toContain('Chez Moussa')
    expect(valueOf(html, 'name')?.[1]).toBe('Chez Fatou')
    expect((await readSettings(test.sql)).shop.name).toBe('Chez Moussa')
    // Having seen it, the second may save after all.
    const again = { ...late, version: versionIn(html) }
    expect((await owner.post('/admin/reglages/boutique', again)).status).toBe(303)
    expect((await readSettings(test.sql)).shop.name).toBe('Chez Fatou')
  })

  it('tell the second of two who save for the first time', async () => {
    const answers = await Promise.all([
      owner.post('/admin/reglages/frais', { version: '0', rate: '1' }),
      owner.post('/admin/reglages/frais', { version: '0', rate: '2' }),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 409]))
  })

  const wrong: [string, Record<string, string>, string, string][] = [
    ['boutique', { name: ' ' }, 'name', 'Écrivez quelque chose ici'],
    ['boutique', { name: 'x'.repeat(61) }, 'name', '60 caractères au plus'],
    ['boutique', { whatsapp: '12' }, 'whatsapp', 'Il manque des chiffres'],
    ['boutique', { email: 'moussa@' }, 'email', 'Cette adresse e-mail ne semble pas valide'],
    ['boutique', { country: 'XX' }, 'country', 'Choisissez un pays'],
    ['identite', { email: 'a@b' }, 'email', 'Cette adresse e-mail ne semble pas valide'],
    ['messages', { emailBody: 'Bonjour {nom}' }, 'emailBody', 'Gardez {lien}'],
    ['messages', { whatsapp: '{lien} {prix}' }, 'whatsapp', 'ne connaît pas {prix}'],
    ['frais', { rate: '3,555' }, 'rate', 'Écrivez un nombre de 0 à 50'],
    ['frais', { rate: '51' }, 'rate', 'Écrivez un nombre de 0 à 50'],
    ['frais', { rate: '3', 'rate-mtn': 'deux' }, 'rate-mtn', 'Écrivez un nombre de 0 à 50'],
    ['conservation', { unpaidDays: '-1' }, 'unpaidDays', 'Écrivez un nombre de jours'],
    ['conservation', { unpaidDays: '3651' }, 'unpaidDays', 'Écrivez un nombre de jours'],
  ]
  it.each(wrong)('%s: refuses %j with a sentence at the field', async (slug, typed, name, why) => {
    const answer = await save(slug, { ...(slug === 'boutique' && SHOP), ...typed })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toMatch(new RegExp(`id="${name}-error"[^>]*>[^<]*${why.replace(/[{}]/g, '.')}`))
    expect(html).toContain('Rien n’a été enregistré')
    const kept = Object.values(typed)[0]!
    if (name !== 'country') expect(html).toContain(kept)
    expect(await test.sql`select section from settings`).toEqual([])
  })

  it('keep a national number of the shop’s country in international form', async () => {
    await save('boutique', { ...SHOP, country: 'CI', whatsapp: '07 08 09 10 11' })
    expect((await readSettings(test.sql)).shop.whatsapp).toBe('+2250708091011')
    const page = await owner.page('/admin/reglages/boutique')
    expect(valueOf(page, 'whatsapp')?.[1]).toBe('+225 07 08 09 1011')
  })

  const rates: [string, number][] = [
    ['3,5', 350],
    ['3.5', 350],
    ['4,35 %', 435],
    ['0', 0],
    ['50', 5000],
  ]
  it.each(rates)('read a rate typed as %j', async (rate, basisPoints) => {
    expect((await save('frais', { rate })).status).toBe(303)
    expect((await readSettings(test.sql)).fees.basisPoints).toBe(basisPoints)
  })

  it('keep a rate for each means of payment that has one of its own', async () => {
    await save('frais', { rate: '3,5', 'rate-orange': '2,2', 'rate-mtn': ' ', 'rate-wave': '0' })
    const { fees } = await readSettings(test.sql)
    expect(fees).toEqual({ basisPoints: 350, byMeans: { orange: 220, wave: 0 } })
    const page = await owner.page('/admin/reglages/frais')
    expect(page).toMatch(/name="rate-orange"[^>]*value="2,2"/)
    expect(page).toMatch(/name="rate-mtn"[^>]*value=""/)
  })

  it('read the one rate that older versions kept', () => {
    expect(readSection('fees', { basisPoints: 220 })).toEqual({ basisPoints: 220, byMeans: {} })
  })

  it('show the text in use, a preview of it, and put the original back', async () => {
    const page = await owner.page('/admin/reglages/messages')
    expect(valueOf(page, 'whatsapp')?.[2]).toContain('Bonjour {nom}, voici votre livre')
    await save('messages', { whatsapp: 'Tenez {nom} : {lien}' })
    expect((await readSettings(test.sql)).texts).toMatchObject({
      whatsapp: 'Tenez {nom} : {lien}',
      emailBody: '',
    })
    const preview = await (
      await save('messages', { emailBody: 'Salut {nom} ! {lien}' }, 'preview')
    ).text()
    expect(preview).toContain('Salut Awa Traoré ! https://livres.example.net/commande/7K3M94FT.…')
    expect(valueOf(preview, 'emailBody')?.[2]).toBe('Salut {nom} ! {lien}')
    expect((await readSettings(test.sql)).texts.emailBody).toBe('')

    const reset = await (await save('messages', { emailBody: 'Pas fini' }, 'reset-whatsapp')).text()
    expect(valueOf(reset, 'whatsapp')?.[2]).toContain('voici votre livre')
    expect(valueOf(reset, 'emailBody')?.[2]).toBe('Pas fini')
    expect((await readSettings(test.sql)).texts.whatsapp).toBe('Tenez {nom} : {lien}')
  })

  it('help a buyer who waits, by operator, in the seller’s words', async () => {
    await save('aides', { wave: 'Ouvrez Wave et dites oui.' })
    const { page } = await anOrder(test, 'le-livre', { phone: '76 00 00 03' })
    const html = await text(page)
    expect(html).toContain('Ouvrez Wave et dites oui.')
    expect(html).toContain('Tapez votre code secret MoMo')
  })

  it('leave the other page of a section as it is', async () => {
    await save('identite', { seller: 'Moussa Keïta', host: 'Un hébergeur' })
    await save('pages', { terms: 'Mes conditions.' })
    await save('identite', { address: 'Bamako' })
    expect((await readSettings(test.sql)).legal).toMatchObject({
      seller: 'Moussa Keïta',
      host: 'Un hébergeur',
      address: 'Bamako',
      terms: 'Mes conditions.',
    })
  })

  it('refuse a form that is not one of ours', async () => {
    const path = '/admin/reglages/frais'
    expect((await owner.post(path, { rate: '1' })).status).toBe(400)
    expect((await owner.post(path, { version: '0', rate: '1'.repeat(700_000) })).status).toBe(413)
    expect(
      (await test.post(path, { version: '0', rate: '1' }, { cookie: owner.headers.cookie })).status,
    ).toBe(403)
  })
})
