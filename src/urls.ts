import type { Config } from './config.ts'

/** Every address of the shop, as a path. Nobody types one twice. */
export const paths = {
  catalog: '/',
  book: (slug: string) => `/livres/${slug}`,
  bookWithCode: (slug: string, code: string) =>
    `/livres/${slug}?code=${encodeURIComponent(code)}#code`,
  /** A cover's address changes with it (`version`), so that it is kept for good. */
  cover: (slug: string, { version, width }: CoverAddress) =>
    `/livres/${slug}/couverture?v=${version}${width ? `&l=${width}` : ''}`,
  sample: (slug: string) => `/livres/${slug}/extrait`,
  buy: (slug: string) => `/livres/${slug}/acheter`,
  order: (key: string) => `/commande/${key}`,
  payAgain: (key: string) => `/commande/${key}/payer`,
  openOrder: (key: string) => `/commande/${key}/ouvrir`,
  debited: (key: string) => `/commande/${key}/debite`,
  find: '/retrouver',
  foundBooks: (key: string) => `/retrouver/livres/${key}`,
  debitedWithoutOrder: '/retrouver/debite',
  debitTold: '/retrouver/debite/verifie',
  deskProof: (code: string) => `/admin/commandes/${code}/preuve`,
  deskCase: (id: number | ':id') => `/admin/reclamations/${id}`,
  closeCase: (id: number | ':id') => `/admin/reclamations/${id}/classer`,
  download: (key: string, fileName: string) => `/d/${key}/${encodeURIComponent(fileName)}`,
  receipt: (key: string) => `/commande/${key}/recu`,
  orderState: (key: string) => `/commande/${key}/statut`,
  returned: (transactionId: string) =>
    `/payment/return/?transaction_id=${encodeURIComponent(transactionId)}`,
  legalNotice: '/mentions-legales',
  terms: '/conditions-de-vente',
  privacy: '/confidentialite',
  desk: '/admin',
  settings: '/admin/reglages',
  personalData: '/admin/reglages/vie-privee',
  firstSteps: '/admin/premiers-pas',
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
  accessDeed: (deed: AccessDeed) => `/admin/acces/${deed}`,
  team: '/admin/acces/equipe',
  teamDeed: (helperId: number, deed: 'inviter' | 'arreter') =>
    `/admin/acces/equipe/${helperId}/${deed}`,
  figures: (days: number) => `/admin/chiffres?jours=${days}`,
  exports: '/admin/chiffres/exports',
  exportFile: (file: ExportFile) => `/admin/chiffres/exports/${file}.csv`,
  deskOrders: '/admin/commandes',
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

type AccessDeed =
  'mot-de-passe' | 'appareils/arreter' | 'cles' | 'cles/question' | 'cles/nommer' | 'cles/retirer'

type CoverAddress = { version: string; width?: number | undefined }

export type ExportFile = 'commandes' | 'paiements' | 'livres'

/** A printed address starts with PUBLIC_URL, never with what the request says of itself. */
export const absolute = (config: Config, path: string) => config.publicUrl + path

/** An order's key: its code, a dot, 128 bits in base64url (see `delivery/keys.ts`). */
export const ORDER_KEY_LENGTH = 31

/** The return address for one order: it carries the order's own key. */
export function returnAddress(config: Pick<Config, 'returnUrl'>, orderKey: string): string {
  const url = new URL(config.returnUrl)
  url.searchParams.set('commande', orderKey)
  return url.href
}

/** Opens WhatsApp on a conversation with this number, the message ready. */
export const whatsappAddress = (phoneE164: string, message: string) =>
  `https://wa.me/${phoneE164.slice(1)}?text=${encodeURIComponent(message)}`

/** Opens WhatsApp with the message ready, for whichever contact is then chosen. */
export const whatsappShare = (message: string) =>
  `https://wa.me/?text=${encodeURIComponent(message)}`
