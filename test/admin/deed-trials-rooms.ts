import type { signIn } from '../support/desk.ts'
import { picture } from '../support/pictures.ts'
import { aBook } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { aPdf, sender } from '../support/uploads.ts'
import type { FormTrial, Trial } from './deed-trials.ts'

type Desk = Awaited<ReturnType<typeof signIn>>

/** Trials of the rooms around books and settings: see `deed-trials.ts`. */

let titles = 0
const newBook = async (test: TestShop) => {
  const slug = `essai-${++titles}`
  await aBook(test, { slug, title: `Essai ${titles}` })
  return `/admin/livres/${slug}`
}
/** A book's page, once some of its deeds are done. */
const bookAfter =
  (...deeds: string[]): FormTrial['page'] =>
  async (test, owner) => {
    const page = await newBook(test)
    for (const deed of deeds) await owner.post(`${page}/${deed}`, {})
    return page
  }
const fileOf = async (test: TestShop, page: string) => {
  const [file] = await test.sql<{ id: number }[]>`
    select files.id from files join books on books.id = book_id
    where slug = ${page.split('/').at(-1)!}`
  return `${page}/versions/${file!.id}`
}
const aCover = () => new Blob([picture('jpeg', 1200, 1800, 200_000) as BlobPart])
const aLogo = () => new Blob([picture('png', 200, 80) as BlobPart])
const send = (test: TestShop, who: Desk, path: string, name: string, file: Blob) => {
  const body = new FormData()
  body.set(name, file)
  return test.request(path, { method: 'POST', body, headers: who.headers })
}
const aHelper = async (_: TestShop, owner: Desk) => {
  await owner.post('/admin/acces/equipe', { name: 'Issa', login: `issa${++titles}` })
  return '/admin/acces/equipe'
}

const typedBook = () => ({
  title: `Nouveau ${++titles}`,
  author: 'Awa Traoré',
  language: 'fr',
  currency: 'XOF',
  priceKind: 'fixed',
  price: '2500',
})
const whole = { second: 409 } as const
const settingsPage = (name: string) => () => `/admin/reglages/${name}`
const emptied = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']))
const wrongMail = { email: 'awa@' }

export const roomTrials: Record<string, Trial> = {
  '/admin/livres/nouveau': {
    page: () => '/admin/livres/nouveau',
    right: typedBook,
    wrong: { title: '', author: '', price: 'mille' },
    // Its address is taken.
    second: 422,
  },
  '/admin/livres/:slug/modifier': {
    page: async (test) => `${await newBook(test)}/modifier`,
    right: () => ({ ...typedBook(), slug: `autre-${++titles}` }),
    wrong: { title: '', slug: 'À !', price: 'mille' },
    ...whole,
  },
  '/admin/livres/:slug/publier': { page: bookAfter('retirer'), second: 303 },
  '/admin/livres/:slug/programmer': {
    page: bookAfter('retirer'),
    right: () => ({ when: '2027-05-01T10:00' }),
    wrong: { when: 'demain' },
    second: 303,
  },
  '/admin/livres/:slug/retirer': { page: bookAfter(), second: 303 },
  '/admin/livres/:slug/archiver': { page: bookAfter(), second: 303 },
  '/admin/livres/:slug/desarchiver': { page: bookAfter('archiver'), second: 303 },
  '/admin/livres/:slug/couverture': {
    page: bookAfter(),
    files: () => ({ image: aCover() }),
    second: 303,
  },
  '/admin/livres/:slug/couverture/enlever': {
    page: async (test, owner) => {
      const page = await newBook(test)
      await send(test, owner, `${page}/couverture`, 'image', aCover())
      return page
    },
    second: 303,
  },
  '/admin/livres/:slug/emplacements/:slot': {
    page: bookAfter(),
    right: () => ({ 'title-livre': 'Le livre entier' }),
    wrong: { 'title-livre': 'x'.repeat(101) },
    second: 303,
  },
  '/admin/livres/:slug/versions/:id/retirer': { page: bookAfter('retirer'), second: 303 },
  '/admin/livres/:slug/versions/:id/remettre': {
    page: async (test, owner) => {
      const page = await newBook(test)
      await owner.post(`${page}/retirer`, {})
      await owner.post(`${await fileOf(test, page)}/retirer`, {})
      return page
    },
    second: 303,
  },
  '/admin/livres/:slug/versions/:id/annoncer': { elsewhere: 'mail/announcements.long' },
  '/admin/livres/:slug/fichiers/simple': {
    page: async (test) => `${await newBook(test)}/fichiers`,
    right: () => ({ slot: 'autre-fichier', title: `Les cartes ${++titles}` }),
    files: async () => ({ file: new Blob([(await aPdf()) as BlobPart]) }),
    wrong: { title: '' },
    second: 303,
  },
  '/admin/envois/:id/abandonner': {
    page: async (test, owner) => {
      const slug = (await newBook(test)).split('/').at(-1)!
      const { start } = sender((path, init) => test.request(path, init), owner.headers)
      const begun = await start(slug, { name: 'a.pdf', size: '9000', slot: 'livre' })
      return (begun as unknown as { page: string }).page
    },
    isOnesOwn: true,
    second: 303,
  },

  '/admin/reglages/boutique': {
    page: settingsPage('boutique'),
    right: () => ({ name: 'Librairie Kindi', country: 'ML', ...emptied('tagline', 'whatsapp') }),
    wrong: { name: '', whatsapp: '12', ...wrongMail },
    ...whole,
  },
  '/admin/reglages/apparence': {
    page: settingsPage('apparence'),
    right: () => ({ colour: '#884422' }),
    wrong: { colour: 'vert' },
    ...whole,
  },
  '/admin/reglages/identite': {
    page: settingsPage('identite'),
    right: () => ({ seller: 'Awa Traoré', ...emptied('address', 'phone', 'email') }),
    wrong: wrongMail,
    ...whole,
  },
  '/admin/reglages/pages': {
    page: settingsPage('pages'),
    right: () => ({ terms: 'Nos conditions.' }),
    wrong: { notice: 'x'.repeat(20_001) },
    ...whole,
  },
  '/admin/reglages/messages': {
    page: settingsPage('messages'),
    right: () => ({ emailSubject: 'Votre livre', emailBody: 'Ici : {lien}', whatsapp: '{lien}' }),
    wrong: { emailBody: 'Sans adresse' },
    ...whole,
  },
  '/admin/reglages/aides': {
    page: settingsPage('aides'),
    right: () => ({ orange: 'Composez le code.' }),
    wrong: { orange: 'x'.repeat(1_001) },
    ...whole,
  },
  '/admin/reglages/alertes': {
    page: settingsPage('alertes'),
    right: () => ({ push: 'https://ntfy.sh/kindi-secret' }),
    wrong: { push: 'ici' },
    ...whole,
  },
  '/admin/reglages/frais': {
    page: settingsPage('frais'),
    right: () => ({ rate: '3,5' }),
    wrong: { rate: 'peu' },
    ...whole,
  },
  '/admin/reglages/conservation': {
    page: settingsPage('conservation'),
    right: () => ({ unpaidDays: '90' }),
    wrong: { unpaidDays: 'toujours' },
    ...whole,
  },
  '/admin/reglages/ventes': {
    page: settingsPage('ventes'),
    right: () => ({ sales: 'evening', salesHour: '19' }),
    ...whole,
  },
  '/admin/reglages/telechargements': {
    page: settingsPage('telechargements'),
    right: () => ({ copies: '12' }),
    wrong: { copies: 'beaucoup' },
    ...whole,
  },
  '/admin/reglages/apparence/logo': {
    page: settingsPage('apparence/logo'),
    files: () => ({ logo: aLogo() }),
    second: 303,
  },
  '/admin/reglages/apparence/logo/enlever': {
    page: async (test, owner) => {
      await send(test, owner, '/admin/reglages/apparence/logo', 'logo', aLogo())
      return '/admin/reglages/apparence/logo'
    },
    second: 303,
  },
  '/admin/reglages/vie-privee': {
    page: settingsPage('vie-privee'),
    right: () => ({ sought: 'awa@example.org' }),
    wrong: { sought: 'personne' },
    second: 200,
  },
  '/admin/reglages/vie-privee/copie': { elsewhere: 'storefront/legal/privacy' },
  '/admin/reglages/vie-privee/effacer': { elsewhere: 'storefront/legal/privacy' },

  '/admin/reglages/valise/faire': {
    page: settingsPage('valise'),
    right: () => ({ passphrase: '' }),
    second: 303,
  },
  '/admin/reglages/valise/:id/supprimer': {
    page: async (_, owner) => {
      const made = await owner.post('/admin/reglages/valise/faire', { passphrase: '' })
      return made.headers.get('location')!
    },
    second: 303,
  },
  '/admin/reglages/valise/arrivees/simple': { elsewhere: 'backup/desk.long' },
  '/admin/reglages/valise/arrivees/:id/secret': { elsewhere: 'backup/desk.long' },

  '/admin/acces/equipe': {
    page: () => '/admin/acces/equipe',
    right: () => ({ name: 'Fanta', login: `fanta${++titles}` }),
    wrong: { name: '', login: '!' },
    // The name to enter with is taken.
    second: 422,
  },
  '/admin/acces/equipe/:id/inviter': { page: aHelper, second: 303 },
  '/admin/acces/equipe/:id/arreter': { page: aHelper, second: 303 },
  '/admin/acces/appareils/arreter': {
    page: () => '/admin/acces',
    right: () => ({ appareil: 'autres' }),
    second: 303,
  },
  '/admin/acces/cles/nommer': { elsewhere: 'admin/access-passkeys' },
  '/admin/acces/cles/retirer': { elsewhere: 'admin/access-passkeys' },
  '/admin/version': { elsewhere: 'admin/version' },
}
