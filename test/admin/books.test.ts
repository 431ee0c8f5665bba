import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../support/desk.ts'
import {
  BUYERS_DEVICE,
  aBook,
  anOrder,
  atCinetpay,
  formIn,
  openTestShop,
  statusOf,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
let fanta: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  moussa = await signIn(test)
  fanta = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

const TYPED = {
  kind: 'book',
  title: 'L’œuvre du tailleur',
  author: 'Awa Traoré',
  description: 'Une **histoire**.',
  language: 'fr',
  priceKind: 'fixed',
  currency: 'XOF',
  price: '2 500',
  floor: '',
  slug: '',
}
const create = (fields: Record<string, string>, by = moussa) =>
  by.post('/admin/livres/nouveau', { ...TYPED, ...fields })

/** The form of a book as it stands in its page, hidden fields and all. */
async function editForm(slug: string, by = moussa) {
  const html = await by.page(`/admin/livres/${slug}/modifier`)
  return formIn(html, /\/modifier$|nouveau$/)
}
const edit = async (slug: string, fields: Record<string, string>, by = moussa) => {
  const form = await editForm(slug, by)
  return by.post(form.action, { ...TYPED, ...form.fields, slug, ...fields })
}
const deed = (slug: string, name: string, fields: Record<string, string> = {}) =>
  moussa.post(`/admin/livres/${slug}/${name}`, fields)
const isOnSale = async (slug: string) => (await test.request(`/livres/${slug}`)).status === 200
const bookId = async (slug: string) =>
  (await test.sql<{ id: number }[]>`select id from books where slug = ${slug}`)[0]!.id

/** One more file of a book, as an upload leaves it. */
async function aFile(slug: string, slot: string, { version = 1, isSample = false } = {}) {
  const bytes = new TextEncoder().encode(`%PDF-1.4 ${slug} ${slot} ${version}`)
  const key = `books/${slug}-${slot}-${version}.pdf`
  await test.shop.files.put(key, new Blob([bytes]).stream(), bytes.length)
  const [file] = await test.sql<{ id: number }[]>`
    insert into files (
      book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, is_sample, created_at
    ) values (
      ${await bookId(slug)}, ${slot}, ${version}, ${`${slot}.pdf`}, ${key}, 'application/pdf',
      ${bytes.length}, ${'ab'.repeat(32)}, ${isSample}, ${test.shop.now()}
    )
    returning id`
  return file!.id
}

describe('a book on sale', () => {
  it('is shared by its link, on WhatsApp, on Facebook and by a poster; a draft is not', async () => {
    await aBook(test, { slug: 'a-partager', title: 'L’œuvre & moi' })
    const html = (await moussa.page('/admin/livres/a-partager')).replaceAll('&amp;', '&')
    const address = `${test.shop.config.publicUrl}/livres/a-partager`
    expect(html).toMatch(new RegExp(`<input[^>]*readonly[^>]*value="${address}"`))
    const message = `« L’œuvre & moi » (Une autrice) est en vente ici : ${address}`
    expect(html).toContain(`https://wa.me/?text=${encodeURIComponent(message)}`)
    expect(html).toContain(`sharer.php?u=${encodeURIComponent(address)}`)
    expect(html).toContain('href="/livres/a-partager/carte"')
    await deed('a-partager', 'retirer')
    expect(await moussa.page('/admin/livres/a-partager')).not.toContain('id="partager"')
  })
})

describe('a new book', () => {
  it('is a draft under an address made from its title, and says what is missing', async () => {
    const answer = await create({})
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/admin/livres/l-oeuvre-du-tailleur?fait=cree')
    const html = await moussa.page('/admin/livres/l-oeuvre-du-tailleur?fait=cree')
    expect(html).toContain('C’est créé, en brouillon')
    expect(html).toContain('Brouillon')
    expect(html).toContain('Un fichier pour l’acheteur : à envoyer')
    expect(html).toMatch(/2\s500\sF\sCFA/)
    expect(await isOnSale('l-oeuvre-du-tailleur')).toBe(false)
  })

  it('is told that its address is taken, with another one, and loses nothing', async () => {
    const answer = await create({ description: 'À garder.' })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain('Un autre livre a déjà cette adresse')
    expect(html).toContain('l-oeuvre-du-tailleur-2')
    expect(html).toContain('À garder.')
    expect(html).toContain('2 500')
  })

  it('may be made by a helper, and by nobody who is not signed in', async () => {
    const answer = await create({ title: 'Par Fanta' }, fanta)
    expect(answer.headers.get('location')).toContain('/admin/livres/par-fanta')
    const { origin } = moussa.headers
    const stranger = await test.post('/admin/livres/nouveau', TYPED, { origin })
    expect(stranger.status).toBe(403)
    expect(await stranger.text()).toContain('Votre session a pris fin')
    const forged = await test.post('/admin/livres/nouveau', TYPED, {
      ...moussa.headers,
      'sec-fetch-site': 'cross-site',
    })
    expect(forged.status).toBe(403)
  })

  it('refuses what is wrong, each field with its sentence, and keeps what was typed', async () => {
    const answer = await create({
      title: ' ',
      author: '',
      price: '12',
      slug: 'Pas Bon',
      floor: '3',
    })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain('Écrivez un titre')
    expect(html).toContain('Écrivez le nom de l’auteur')
    expect(html).toMatch(
      /Écrivez le prix en chiffres, sans point ni virgule : de 100\sF\sCFA à 2\s000\s000\sF\sCFA/,
    )
    expect(html).toContain('Seulement des lettres sans accent')
    expect(html).toContain('value="Pas Bon"')
    expect(html).toContain('Une **histoire**.')
  })

  it.each([
    ['102', 'XOF'],
    ['95', 'XOF'],
    ['2000005', 'XOF'],
    ['2,50', 'USD'],
    ['995', 'GNF'],
    ['-500', 'XOF'],
    ['', 'XOF'],
    ['1e3', 'XOF'],
  ])('does not take %s %s for a price', async (price, currency) => {
    const answer = await create({ title: 'Prix', price, currency })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Écrivez le prix en chiffres')
  })

  it.each(['GNF', 'USD', 'EUR', ''])(
    'is not in %s, which the account does not take',
    async (currency) => {
      const answer = await create({ title: 'Ailleurs', price: '5000', currency })
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain('Choisissez une monnaie de votre compte CinetPay.')
      const offered = /<select[^>]* name="currency".*?<\/select>/s.exec(html)![0]
      expect([...offered.matchAll(/value="(\w+)"/g)].map(([, code]) => code)).toEqual(['XOF'])
      expect(await test.sql`select from books where title = 'Ailleurs'`).toHaveLength(0)
    },
  )

  it('is free, or at a price that the buyer chooses', async () => {
    await create({ title: 'Gratuit', priceKind: 'free', price: '' })
    await create({ title: 'Au choix', priceKind: 'chosen', price: '1000', floor: '500' })
    const rows = await test.sql`
      select slug, price, price_floor from books where slug in ('gratuit', 'au-choix') order by slug`
    expect([...rows]).toEqual([
      { slug: 'au-choix', price: 1000, priceFloor: 500 },
      { slug: 'gratuit', price: 0, priceFloor: null },
    ])
    const high = await create({ title: 'X', priceKind: 'chosen', price: '1000', floor: '1500' })
    expect(high.status).toBe(422)
    expect(await high.text()).toContain('sans dépasser le prix conseillé')
  })

  it('shows its description before anything is saved', async () => {
    const typed = '**Bonjour** <script>alert(1)</script>'
    const answer = await create({ title: 'Aperçu seul', description: typed, apercu: 'oui' })
    const html = await answer.text()
    expect(html).toContain('<strong>Bonjour</strong> &lt;script&gt;')
    expect(html).not.toContain('<script>alert')
    expect((await moussa.get('/admin/livres/apercu-seul')).status).toBe(404)
  })

  it('is not called as a page of ours', async () => {
    expect((await create({ title: 'Nouveau' })).status).toBe(422)
  })
})

describe('two people at the same book', () => {
  it('the second is told who saved, keeps what was typed, and may save again', async () => {
    await create({ title: 'À deux' })
    const [hers, his] = [await editForm('a-deux', fanta), await editForm('a-deux')]
    const changed = { ...TYPED, slug: 'a-deux', title: 'À deux, par Fanta' }
    await fanta.post(hers.action, { ...changed, ...hers.fields })
    const mine = { ...TYPED, slug: 'a-deux', title: 'À deux, par Moussa' }
    const answer = await moussa.post(his.action, { ...mine, ...his.fields })
    const html = await answer.text()
    expect(answer.status).toBe(409)
    expect(html).toContain('Fanta a enregistré une autre version')
    expect(html).toContain('value="À deux, par Moussa"')
    expect(html).toContain('>À deux, par Fanta</dd>')
    expect(await moussa.page('/admin/livres/a-deux')).toContain('À deux, par Fanta')

    const again = formIn(html, /modifier$/)
    const saved = await moussa.post(again.action, { ...mine, ...again.fields })
    expect(saved.status).toBe(303)
    expect(await moussa.page('/admin/livres/a-deux')).toContain('À deux, par Moussa')
  })

  it('loses nothing when the other one changed the address', async () => {
    await create({ title: 'Déménage' })
    const mine = await editForm('demenage')
    await edit('demenage', { title: 'Déménage', slug: 'demenage-ailleurs' }, fanta)
    const typed = { ...TYPED, title: 'Mon titre', slug: 'demenage' }
    const answer = await moussa.post(mine.action, { ...typed, ...mine.fields })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('value="Mon titre"')
  })

  it('saves one of twelve that press at once', async () => {
    await create({ title: 'Tous ensemble' })
    const form = await editForm('tous-ensemble')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        moussa.post(form.action, {
          ...TYPED,
          ...form.fields,
          slug: 'tous-ensemble',
          title: `Titre ${i}`,
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11)
  })

  it('gives an address to one of two books that ask for it at the same instant', async () => {
    await create({ title: 'Jumeau' })
    // Somebody else's book, written and not yet committed.
    const other = test.sql`
      with added as (
        insert into books (slug, title, author, description, language, price, currency, created_at)
        values ('le-jumeau', 'L’autre', 'A', '', 'fr', 500, 'XOF', now())
        returning id
      )
      select pg_sleep(0.5) from added`
    const written = other.then()
    const form = await editForm('jumeau')
    const typed = { ...TYPED, ...form.fields, title: 'À garder', slug: 'le-jumeau' }
    const answer = await moussa.post(form.action, typed)
    await written
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Un autre livre a déjà cette adresse')
    expect(html).toContain('value="À garder"')
  })
})

describe('putting on sale', () => {
  it('is refused without a file, in a sentence', async () => {
    await create({ title: 'Sans fichier' })
    const answer = await deed('sans-fichier', 'publier')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('pas encore de fichier')
    await aFile('sans-fichier', 'extrait', { isSample: true })
    expect((await deed('sans-fichier', 'publier')).status).toBe(409)
    expect(await isOnSale('sans-fichier')).toBe(false)
  })

  it('shows the book at once, and takes it back to a draft', async () => {
    await create({ title: 'En vente' })
    await aFile('en-vente', 'livre')
    expect((await deed('en-vente', 'publier')).headers.get('location')).toContain('fait=vente')
    expect(await isOnSale('en-vente')).toBe(true)
    expect(await moussa.page('/admin/livres/en-vente')).toContain('Ce livre est en vente.')
    await deed('en-vente', 'retirer')
    expect(await isOnSale('en-vente')).toBe(false)
    expect(await moussa.page('/admin/livres/en-vente')).toContain('Brouillon')
  })

  it('waits for the hour that was set', async () => {
    await create({ title: 'Programmé' })
    await aFile('programme', 'livre')
    const hour = new Date(test.shop.now().getTime() + 3_600_000).toISOString().slice(0, 16)
    await deed('programme', 'programmer', { when: hour })
    expect(await isOnSale('programme')).toBe(false)
    expect(await moussa.page('/admin/livres?etat=scheduled')).toContain('Programmé le')
    test.advance(3_599_000)
    expect(await isOnSale('programme')).toBe(false)
    test.advance(61_000)
    expect(await isOnSale('programme')).toBe(true)
    expect(await (await test.request('/')).text()).toContain('/livres/programme')
  })

  it.each(['', 'demain', '2020-01-01T10:00', '2027-02-31T10:00', '2090-01-01T10:00'])(
    'does not take « %s » for an hour to come',
    async (when) => {
      await create({ title: 'Jamais' })
      await test.sql`delete from files where book_id = ${await bookId('jamais')}`
      const answer = await deed('jamais', 'programmer', { when })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('un jour et une heure à venir')
    },
  )

  it('archives: out of the shop, while those who bought keep the file', async () => {
    const { slug } = await aBook(test, { slug: 'archive' })
    const order = await anOrder(test, slug)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')

    await deed(slug, 'archiver')
    expect(await isOnSale(slug)).toBe(false)
    expect((await test.request(`/livres/${slug}/couverture`)).status).toBe(404)
    const page = await (await test.request(order.page)).text()
    const link = /href="(\/d\/[^"?]+)"/.exec(page)![1]!
    const file = await test.request(link)
    expect(file.status).toBe(200)
    expect(await file.text()).toContain('A small book.')
    expect((await deed(slug, 'publier')).status).toBe(409)

    await deed(slug, 'desarchiver')
    expect(await isOnSale(slug)).toBe(false)
    await deed(slug, 'publier')
    expect(await isOnSale(slug)).toBe(true)
    expect(await moussa.page(`/admin/livres/${slug}`)).toContain('Un exemplaire vendu.')
  })

  it('answers 404 for a book that is not there', async () => {
    expect((await moussa.get('/admin/livres/rien')).status).toBe(404)
    expect((await moussa.get('/admin/livres/rien/modifier')).status).toBe(404)
    expect((await deed('rien', 'publier')).status).toBe(404)
  })
})

describe('a pack', () => {
  it('needs two books, in the order that was given, and on sale', async () => {
    for (const slug of ['tome-un', 'tome-deux', 'tome-trois']) {
      await create({ title: slug.replace('-', ' ') })
      await aFile(slug, 'livre')
    }
    const ids = await Promise.all(['tome-un', 'tome-deux', 'tome-trois'].map(bookId))
    const [un, deux, trois] = ids.map(String) as [string, string, string]
    const one = await create({ kind: 'pack', title: 'Le lot', [`book-${un}`]: 'on' })
    expect(one.status).toBe(422)
    expect(await one.text()).toContain('Choisissez au moins deux livres')

    const chosen = {
      [`book-${un}`]: 'on',
      [`place-${un}`]: '2',
      [`book-${trois}`]: 'on',
      [`place-${trois}`]: '1',
    }
    await create({ kind: 'pack', title: 'Le lot', ...chosen })
    const page = await moussa.page('/admin/livres/le-lot')
    expect(page.indexOf('tome trois')).toBeLessThan(page.indexOf('tome un'))

    const early = await deed('le-lot', 'publier')
    expect(early.status).toBe(409)
    expect(await early.text()).toContain('au moins deux livres en vente')
    await deed('tome-un', 'publier')
    await deed('tome-trois', 'publier')
    expect((await deed('le-lot', 'publier')).status).toBe(303)
    expect(await isOnSale('le-lot')).toBe(true)

    const swapped = { [`book-${un}`]: 'on', [`book-${deux}`]: 'on' }
    const refused = await edit('le-lot', { kind: 'pack', title: 'Le lot', ...swapped })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('gardez au moins deux livres en vente')
    await deed('tome-deux', 'publier')
    expect((await edit('le-lot', { kind: 'pack', title: 'Le lot', ...swapped })).status).toBe(303)
    expect(await moussa.page('/admin/livres/le-lot')).not.toContain('tome trois')
  })

  it('holds no pack, and a book never becomes one', async () => {
    const pack = String(await bookId('le-lot'))
    const un = String(await bookId('tome-un'))
    await create({ kind: 'pack', title: 'Poupées', [`book-${pack}`]: 'on', [`book-${un}`]: 'on' })
    const held = await test.sql`
      select book_id from pack_books where pack_id = ${await bookId('poupees')}`
    expect([...held]).toEqual([{ bookId: Number(un) }])
    await edit('tome-un', { kind: 'pack', title: 'tome un' })
    const [row] = await test.sql`select kind from books where slug = 'tome-un'`
    expect(row!.kind).toBe('book')
  })
})

describe('the files of a book', () => {
  const BUYER = { phone: '77 00 11 22' }
  let order: Awaited<ReturnType<typeof anOrder>>
  const orderPage = async () => (await test.request(order.page, { headers: BUYERS_DEVICE })).text()
  const given = async () => (await orderPage()).match(/href="\/d\//g)
  beforeAll(async () => {
    await aBook(test, { slug: 'complet' })
    order = await anOrder(test, 'complet', BUYER)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
  })

  it('keep the last one of a book that was bought', async () => {
    const [file] = await test.sql<{ id: number }[]>`
      select id from files where book_id = ${await bookId('complet')}`
    for (const state of ['publier', 'retirer']) {
      await deed('complet', state)
      const answer = await deed('complet', `versions/${file!.id}/retirer`)
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain('C’est le dernier fichier de ce livre')
    }
    expect(await given()).not.toBeNull()
    await deed('complet', 'publier')
  })

  it('go back to the version before when one is withdrawn, and forward again', async () => {
    const id = await aFile('complet', 'livre', { version: 2 })
    const link = async () => {
      const page = await orderPage()
      return (await test.request(/href="(\/d\/[^"?]+)"/.exec(page)![1]!)).text()
    }
    expect(await link()).toContain('complet livre 2')
    await deed('complet', `versions/${id}/retirer`)
    expect(await moussa.page('/admin/livres/complet')).toContain('retirée')
    expect(await link()).toContain('A small book.')
    await deed('complet', `versions/${id}/remettre`)
    expect(await link()).toContain('complet livre 2')
  })

  it('become the sample unless they were sold, or are all that there is', async () => {
    const slot = (name: string, fields: Record<string, string>) =>
      deed('complet', `emplacements/${name}`, fields)
    const sold = await slot('livre', { 'title-livre': 'Le livre', 'sample-livre': 'on' })
    expect(sold.status).toBe(422)
    expect(await sold.text()).toContain('Ce fichier a déjà été vendu')
    expect(await given()).toHaveLength(2)

    test.advance(60_000)
    await aFile('complet', 'debut')
    expect((await test.request('/livres/complet/extrait')).status).toBe(404)
    await slot('debut', { 'title-debut': 'Les premières pages', 'sample-debut': 'on' })
    const page = await (await test.request('/livres/complet')).text()
    expect(page).toContain('href="/livres/complet/extrait"')
    expect(page).toContain('Lire un extrait')
    const sample = await test.request('/livres/complet/extrait', {
      headers: { range: 'bytes=0-7' },
    })
    expect(sample.status).toBe(206)
    expect(await sample.text()).toBe('%PDF-1.4')

    await deed('complet', 'archiver')
    expect((await test.request('/livres/complet/extrait')).status).toBe(404)
  })

  it('do not become the sample where nothing else would be left', async () => {
    await create({ title: 'Un seul' })
    await aFile('un-seul', 'livre')
    const typed = { 'title-livre': 'Un titre à garder', 'sample-livre': 'on' }
    const answer = await deed('un-seul', 'emplacements/livre', typed)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('C’est le seul fichier que l’acheteur reçoit')
    expect(html).toContain('value="Un titre à garder"')
  })
})

describe('the list of books', () => {
  it('finds a title without its accents, its case or its apostrophe', async () => {
    for (const search of ['OEUVRE', "l'œuvre", 'tailleur', 'traore']) {
      const html = await moussa.page(`/admin/livres?q=${encodeURIComponent(search)}`)
      expect(html).toContain('L’œuvre du tailleur')
    }
    const none = await moussa.page('/admin/livres?q=100%25_')
    expect(none).toContain('Aucun livre ici.')
  })

  it('shows one state at a time', async () => {
    const sale = await moussa.page('/admin/livres?etat=sale')
    expect(sale).toContain('/admin/livres/archive"')
    expect(sale).not.toContain('Brouillon</span>')
    const lacking = await moussa.page('/admin/livres?etat=no-file')
    expect(lacking).toContain('/admin/livres/sans-fichier"')
    expect(lacking).not.toContain('/admin/livres/archive"')
    expect(await moussa.page('/admin/livres?etat=archived')).toContain('/admin/livres/complet"')
  })

  it('leads from page to page, each book once', async () => {
    await test.sql`
      insert into books (slug, title, author, description, language, price, currency, created_at)
      select 'suite-' || n, 'Suite ' || n, 'A', '', 'fr', 500, 'XOF', now()
      from generate_series(1, 65) n`
    const seen: string[] = []
    let address: string | undefined = '/admin/livres?q=suite'
    while (address) {
      const html: string = await moussa.page(address)
      seen.push(
        ...[...html.matchAll(/href="\/admin\/livres\/(suite-\d+)"/g)].map(([, slug]) => slug!),
      )
      address = /href="(\/admin\/livres\?[^"]*avant=\d+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(65)
    expect(new Set(seen).size).toBe(65)
  })
})

describe('a description on the public page', () => {
  it('is Markdown, without any markup of its author’s', async () => {
    await aBook(test, { slug: 'decrit' })
    const hostile =
      '*Doux* <script>alert(1)</script> [x](javascript:alert(1)) ![y](data:image/png,z)'
    await edit('decrit', { title: 'Décrit', price: '5000', description: hostile })
    const html = await (await test.request('/livres/decrit')).text()
    const text = /<div class="text"[^>]*>(.*?)<\/div>/s.exec(html)![1]!
    expect(text).toContain('<em>Doux</em> &lt;script&gt;alert(1)&lt;/script&gt; x !y')
    expect(text).not.toMatch(/<(script|img|a)\b/)
  })
})
