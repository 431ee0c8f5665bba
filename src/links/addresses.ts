import type { Config } from '../config/config.ts'
import { LANGUAGES } from '../words/languages.ts'
import type { Language } from '../words/languages.ts'

/** What anybody may see: each of these has its address in every language. */
const publicPaths = (prefix: string) => ({
  catalog: prefix || '/',
  search: `${prefix}/recherche`,
  tag: (slug: string) => `${prefix}/themes/${slug}`,
  author: (slug: string) => `${prefix}/auteurs/${slug}`,
  book: (slug: string) => `${prefix}/livres/${slug}`,
  bookWithCode: (slug: string, code: string) =>
    `${prefix}/livres/${slug}?code=${encodeURIComponent(code)}#code`,
  card: (slug: string) => `${prefix}/livres/${slug}/carte`,
  buy: (slug: string) => `${prefix}/livres/${slug}/acheter`,
  feed: `${prefix}/nouveautes.xml`,
  help: `${prefix}/aide`,
  find: `${prefix}/retrouver`,
  mailBooks: `${prefix}/retrouver/e-mail`,
  booksMailed: `${prefix}/retrouver/e-mail/envoye`,
  mailedBooks: (key: string) => `${prefix}/retrouver/livres/${key}`,
  debitedWithoutOrder: `${prefix}/retrouver/debite`,
  debitTold: `${prefix}/retrouver/debite/verifie`,
  legalNotice: `${prefix}/mentions-legales`,
  terms: `${prefix}/conditions-de-vente`,
  privacy: `${prefix}/confidentialite`,
})

/** Every address of the shop, as a path. Nobody types one twice. French has no prefix. */
export const paths = {
  ...publicPaths(''),
  sitemap: '/sitemap.xml',
  /** A cover's address changes with it (`version`), so that it is kept for good. */
  cover: (slug: string, { version, width }: CoverAddress) =>
    `/livres/${slug}/couverture?v=${version}${width ? `&l=${width}` : ''}`,
  cardCode: (slug: string) => `/livres/${slug}/carte.svg`,
  sample: (slug: string) => `/livres/${slug}/extrait`,
  order: (key: string) => `/commande/${key}`,
  payAgain: (key: string) => `/commande/${key}/payer`,
  openOrder: (key: string) => `/commande/${key}/ouvrir`,
  otherBooks: (key: string) => `/commande/${key}/livres`,
  debited: (key: string) => `/commande/${key}/debite`,
  deskProof: (code: string) => `/admin/commandes/${code}/preuve`,
  deskCase: (id: number | ':id') => `/admin/reclamations/${id}`,
  closeCase: (id: number | ':id') => `/admin/reclamations/${id}/classer`,
  download: (key: string, fileName: string) => `/d/${key}/${encodeURIComponent(fileName)}`,
  receipt: (key: string) => `/commande/${key}/recu`,
  orderState: (key: string) => `/commande/${key}/statut`,
  returned: (transactionId: string) =>
    `/payment/return/?transaction_id=${encodeURIComponent(transactionId)}`,
  desk: '/admin',
  settings: '/admin/reglages',
  personalData: '/admin/reglages/vie-privee',
  firstSteps: '/admin/premiers-pas',
  cinetpay: '/admin/premiers-pas/cinetpay',
  version: '/admin/version',
  installed: '/admin/installee',
  signIn: '/admin/entrer',
  signInByKey: '/admin/entrer/cle',
  keyQuestion: '/admin/entrer/cle/question',
  signOut: '/admin/sortir',
  setup: (key: string) => `/admin/installation/${key}`,
  invitation: (key: string) => `/admin/invitation/${key}`,
  access: '/admin/acces',
  welcome: '/admin/acces/bienvenue',
  /** Where a person who is signed in shows once more who they are. */
  stepUp: '/admin/acces/confirmer',
  stepUpQuestion: '/admin/acces/confirmer/question',
  stepUpByKey: '/admin/acces/confirmer/cle',
  accessDeed: (deed: AccessDeed) => `/admin/acces/${deed}`,
  team: '/admin/acces/equipe',
  teamDeed: (helperId: number, deed: 'inviter' | 'arreter') =>
    `/admin/acces/equipe/${helperId}/${deed}`,
  figures: (days: number) => `/admin/chiffres?jours=${days}`,
  exports: '/admin/chiffres/exports',
  exportFile: (file: ExportFile) => `/admin/chiffres/exports/${file}.csv`,
  deskOrders: '/admin/commandes',
  deskOrdersOf: (bookId: number) => `/admin/commandes?livre=${bookId}`,
  deskOrder: (code: string) => `/admin/commandes/${code}`,
  deskDeed: (code: string, deed: string) => `/admin/commandes/${code}/${deed}`,
  handSale: '/admin/commandes/nouvelle',
  toLookAt: '/admin/a-voir',
  checkUp: '/admin/diagnostic',
  doctorProbe: (nonce: string) => `/diagnostic/sonde/${nonce}`,
  doctorPhone: (key: string) => `/diagnostic/telephone/${key}`,
  simulator: '/simulateur',
  trial: (token: string) => `/essai-envoi/${token}`,
}

export type Paths = typeof paths

const inLanguages = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    language === 'fr' ? paths : { ...paths, ...publicPaths(`/${language}`) },
  ]),
) as Record<Language, Paths>

/** The addresses that a page in this language links to: public pages keep the language. */
export const pathsIn = (language: Language): Paths => inLanguages[language]

/** What a path says of the language, and the path without it: `/en/livres/x` is `/livres/x`. */
export function readLanguage(address: string): { language: Language; path: string } {
  const prefix = address.slice(1, 3)
  const path = address.slice(3) || '/'
  return isPrefix(prefix) && path.startsWith('/') && !isPrivate(path)
    ? { language: prefix, path }
    : { language: 'fr', path: address }
}

const isPrefix = (text: string): text is Language =>
  text !== 'fr' && LANGUAGES.some((language) => language === text)

/** Pages of one person: one address each, in the language of their order or of their reader. */
export const isPrivate = (path: string) => /^\/(admin|commande|d|payment)(\/|$)/.test(path)

/** The same page in another language; `path` has no prefix. */
export const inLanguage = (path: string, language: Language): string =>
  language === 'fr' ? path : path === '/' ? `/${language}` : `/${language}${path}`

type AccessDeed =
  'mot-de-passe' | 'appareils/arreter' | 'cles' | 'cles/question' | 'cles/nommer' | 'cles/retirer'

export type CoverAddress = { version: string; width?: number | CoverKind | undefined }

/** Beside the widths: one for browsers without WebP, and one for who shares the page. */
export type CoverKind = 'jpeg' | 'partage'

export type ExportFile = 'commandes' | 'paiements' | 'livres'

/** A printed address starts with PUBLIC_URL, never with what the request says of itself. */
export const absolute = (config: Pick<Config, 'publicUrl'>, path: string) => config.publicUrl + path

/** Opens WhatsApp on a conversation with this number, the message ready. */
export const whatsappAddress = (phoneE164: string, message: string) =>
  `https://wa.me/${phoneE164.slice(1)}?text=${encodeURIComponent(message)}`

/** Opens WhatsApp with the message ready, for whichever contact is then chosen. */
export const whatsappShare = (message: string) =>
  `https://wa.me/?text=${encodeURIComponent(message)}`
