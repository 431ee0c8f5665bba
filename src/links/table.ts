/** A row's id: fifteen digits are exact in JavaScript. */
const ID = ':id{[1-9][0-9]{0,14}}'

/** What is known of an address besides its pattern. */
export type About = {
  /** Public: it exists in every language; French has no prefix. */
  isSpoken?: boolean
  /** For one person: one address, in the language of the order or the reader; hidden from robots. */
  isPrivate?: boolean
  /** Search engines are asked to avoid it, and everything below it. */
  isClosed?: boolean
  /** Pages here may have a script of ours, which only adds comfort. */
  hasScripts?: boolean
  /**
   * The same page for all visitors, kept by the page cache. 'endless': there are too many such
   * pages (a search) to keep any.
   */
  cache?: 'kept' | 'endless'
  /** Ends in a key that travels through chats: a regular expression for what precedes its 128 bits. */
  key?: string
}

export type Entry<P extends string> = About & { readonly pattern: P }
const plain = <const P extends string>(pattern: P, about: About = {}): Entry<P> => ({
  pattern,
  ...about,
})
/** A public page. */
const open = <const P extends string>(pattern: P, about: About = {}) =>
  plain(pattern, { isSpoken: true, ...about })
/** One person's page. */
const own = <const P extends string>(pattern: P, about: About = {}) =>
  plain(pattern, { isPrivate: true, ...about })
const desk = <const P extends string>(pattern: P, about: About = {}) =>
  own(pattern, { hasScripts: true, ...about })

const CODE = '[0-9A-Z]{8}\\.'
const CACHED: About = { cache: 'kept' }

/**
 * Every address of the shop, with all that is known of it in one line. No address is typed anywhere
 * else.
 */
export const TABLE = {
  // What is for sale.
  catalog: open('/', CACHED),
  search: open('/recherche', { isClosed: true, cache: 'endless' }),
  tag: open('/themes/:slug', CACHED),
  author: open('/auteurs/:slug', CACHED),
  book: open('/livres/:slug', CACHED),
  card: open('/livres/:slug/carte', CACHED),
  buy: open('/livres/:slug/acheter'),
  feed: open('/nouveautes.xml', CACHED),
  sitemap: plain('/sitemap.xml', CACHED),
  coverFile: plain('/livres/:slug/couverture'),
  cardCode: plain('/livres/:slug/carte.svg', CACHED),
  sample: plain('/livres/:slug/extrait'),

  // What a buyer asks, and looks for.
  help: open('/aide', CACHED),
  find: open('/retrouver'),
  mailBooks: open('/retrouver/e-mail', { isClosed: true }),
  booksMailed: open('/retrouver/e-mail/envoye', { isClosed: true }),
  mailedBooks: open('/retrouver/livres/:key', { isClosed: true, key: `${CODE}[0-9a-z]{6,8}\\.` }),
  debitedWithoutOrder: open('/retrouver/debite', { isClosed: true }),
  debitTold: open('/retrouver/debite/verifie', { isClosed: true }),
  legalNotice: open('/mentions-legales', CACHED),
  terms: open('/conditions-de-vente', CACHED),
  privacy: open('/confidentialite', CACHED),

  // One order.
  order: own('/commande/:key', { hasScripts: true, key: CODE }),
  payAgain: own('/commande/:key/payer'),
  openOrder: own('/commande/:key/ouvrir'),
  otherBooks: own('/commande/:key/livres'),
  debited: own('/commande/:key/debite'),
  receipt: own('/commande/:key/recu'),
  orderState: own('/commande/:key/statut'),
  quiet: own('/commande/:key/silence'),
  download: own('/d/:key/:name'),

  // The provider, and back. It is given both with a slash at the end.
  notice: own('/payment/callback'),
  back: own('/payment/return'),

  // What others than people ask.
  robots: plain('/robots.txt'),
  heartbeat: plain('/healthz'),
  pulse: plain('/livez'),
  metrics: plain('/metrics'),
  cron: plain('/cron'),
  assets: plain('/assets'),
  favicon: plain('/favicon.ico'),
  logo: plain('/logo'),
  doctorProbe: plain('/diagnostic/sonde/:nonce'),
  doctorPhone: plain('/diagnostic/telephone/:key', { key: '[0-9a-z]{6,8}\\.[\\w-]{6}\\.' }),
  trial: plain('/essai-envoi/:token'),
  simulator: plain('/simulateur', { isClosed: true }),

  // The installer, a site in the shop's place.
  installer: plain('/installer'),
  installerStep: plain('/installer/:step{hebergeur|adresse|base|paiements|courrier|responsable}'),
  installerPanel: plain('/installer/panneau'),

  // The desk: getting in.
  desk: desk('/admin'),
  signIn: desk('/admin/entrer'),
  signInByKey: desk('/admin/entrer/cle'),
  keyQuestion: desk('/admin/entrer/cle/question'),
  signOut: desk('/admin/sortir'),
  setup: desk('/admin/installation/:key', { key: '' }),
  invitation: desk('/admin/invitation/:key', { key: '\\d{1,15}\\.' }),
  access: desk('/admin/acces'),
  welcome: desk('/admin/acces/bienvenue'),
  /** Where a person who is signed in proves again who they are. */
  stepUp: desk('/admin/acces/confirmer'),
  stepUpQuestion: desk('/admin/acces/confirmer/question'),
  stepUpByKey: desk('/admin/acces/confirmer/cle'),
  newPassword: desk('/admin/acces/mot-de-passe'),
  endDevices: desk('/admin/acces/appareils/arreter'),
  addKey: desk('/admin/acces/cles'),
  addKeyQuestion: desk('/admin/acces/cles/question'),
  nameKey: desk('/admin/acces/cles/nommer'),
  removeKey: desk('/admin/acces/cles/retirer'),
  team: desk('/admin/acces/equipe'),
  helper: desk(`/admin/acces/equipe/${ID}`),
  teamDeed: desk(`/admin/acces/equipe/${ID}/:deed{inviter|arreter}`),

  // The desk: its rooms. The deed of an order or of a book is one word under it.
  firstSteps: desk('/admin/premiers-pas'),
  cinetpay: desk('/admin/premiers-pas/cinetpay'),
  stepLater: desk('/admin/premiers-pas/plus-tard'),
  stepsShown: desk('/admin/premiers-pas/accueil'),
  deskOrders: desk('/admin/commandes'),
  handSale: desk('/admin/commandes/nouvelle'),
  deskOrder: desk('/admin/commandes/:code'),
  deskDeed: desk(
    '/admin/commandes/:code/:deed{verifier|rembourser|classer|payee|fermer|rouvrir|lien|contact|note|envoye|renvoyer|relancer}',
  ),
  deskProof: desk('/admin/commandes/:code/preuve'),
  toLookAt: desk('/admin/a-voir'),
  deskDispute: desk('/admin/reclamations/:id'),
  closeDispute: desk('/admin/reclamations/:id/classer'),
  toRemind: desk('/admin/a-relancer'),
  customers: desk('/admin/clients'),
  customer: desk('/admin/clients/:code'),
  customerDeed: desk('/admin/clients/:code/:deed{note|silence}'),
  deskFigures: desk('/admin/chiffres'),
  exports: desk('/admin/chiffres/exports'),
  promotions: desk('/admin/promotions'),
  newPromotion: desk('/admin/promotions/nouvelle'),
  promotion: desk(`/admin/promotions/${ID}`),
  promotionState: desk(`/admin/promotions/${ID}/etat`),
  checkUp: desk('/admin/diagnostic'),
  tryMail: desk('/admin/diagnostic/courrier'),
  settings: desk('/admin/reglages'),
  settingsPage: desk('/admin/reglages/:page'),
  shopLogo: desk('/admin/reglages/apparence/logo'),
  personalData: desk('/admin/reglages/vie-privee'),
  copyPerson: desk('/admin/reglages/vie-privee/copie'),
  erasePerson: desk('/admin/reglages/vie-privee/effacer'),
  version: desk('/admin/version'),
  installed: desk('/admin/installee'),

  deskBooks: desk('/admin/livres'),
  newBook: desk('/admin/livres/nouveau'),
  deskBook: desk('/admin/livres/:slug'),
  editBook: desk('/admin/livres/:slug/modifier'),
  bookDeed: desk('/admin/livres/:slug/:deed{publier|programmer|retirer|archiver|desarchiver}'),
  deskCover: desk('/admin/livres/:slug/couverture'),
  fileCover: desk('/admin/livres/:slug/couverture/du-fichier'),
  dropCover: desk('/admin/livres/:slug/couverture/enlever'),
  slot: desk('/admin/livres/:slug/emplacements/:slot'),
  fileVersion: desk(`/admin/livres/:slug/versions/${ID}`),
  versionDeed: desk(`/admin/livres/:slug/versions/${ID}/:deed{retirer|remettre|annoncer}`),
  startUpload: desk('/admin/livres/:slug/fichiers'),
  simpleUpload: desk('/admin/livres/:slug/fichiers/simple'),
  upload: desk('/admin/envois/:id'),
  uploadPiece: desk('/admin/envois/:id/:number{[0-9]{1,4}}'),
  finishUpload: desk('/admin/envois/:id/finir'),
  giveUpUpload: desk('/admin/envois/:id/abandonner'),

  backups: desk('/admin/reglages/valise'),
  makeBackup: desk('/admin/reglages/valise/faire'),
  backup: desk('/admin/reglages/valise/:id'),
  backupFile: desk('/admin/reglages/valise/:id/fichier/:name'),
  removeBackup: desk('/admin/reglages/valise/:id/supprimer'),
  startArrival: desk('/admin/reglages/valise/arrivees'),
  simpleArrival: desk('/admin/reglages/valise/arrivees/simple'),
  arrival: desk('/admin/reglages/valise/arrivees/:id'),
  arrivalPiece: desk('/admin/reglages/valise/arrivees/:id/:number{[0-9]{1,4}}'),
  finishArrival: desk('/admin/reglages/valise/arrivees/:id/finir'),
  arrivalSecret: desk('/admin/reglages/valise/arrivees/:id/secret'),
}
