import type { Language } from '../../words/words.ts'

/** The form of a book. */
const fr = {
  newBook: 'Nouveau livre',
  newPack: 'Nouveau lot',
  edit: (title: string) => `Modifier « ${title} »`,
  title: 'Titre',
  author: 'Auteur',
  slug: 'Adresse de la page',
  slugHint: (start: string) =>
    `La fin de l’adresse, après ${start}. Laissez vide : elle est faite avec le titre.`,
  slugKept: 'Si vous la changez, les liens déjà partagés ne marcheront plus.',
  description: 'Description',
  descriptionHint:
    'Une ligne vide sépare les paragraphes. **gras**, *italique*, - pour une liste, # pour un titre.',
  preview: 'Voir l’aperçu',
  previewTitle: 'Aperçu de la description',
  previewNote: 'Rien n’est encore enregistré.',
  language: 'Langue du livre',
  priceTitle: 'Prix',
  priceKind: 'Comment fixer le prix',
  priceKinds: {
    fixed: 'Un prix fixe',
    free: 'Gratuit',
    chosen: 'L’acheteur choisit, à partir d’un minimum',
  },
  currency: 'Monnaie',
  price: 'Prix',
  priceHint: (rule: string) =>
    `En chiffres, ${rule}. Si l’acheteur choisit, c’est le prix conseillé.`,
  floor: 'Prix minimum',
  floorHint: '0 : l’acheteur peut aussi ne rien payer.',
  rule: (min: string, max: string, step: string) => `de ${min} à ${max}, de ${step} en ${step}`,
  packTitle: 'Livres du lot',
  packHint: 'Cochez au moins deux livres. Le numéro donne l’ordre.',
  place: (title: string) => `Place de « ${title} »`,
  notOnSale: 'pas en vente',
  noBooks: 'Il n’y a pas encore de livre à mettre dans un lot.',
  create: 'Créer le livre',
  createPack: 'Créer le lot',
  somebody: 'Quelqu’un d’autre',
  stored: 'Ce qui est enregistré maintenant',
  errors: {
    title: 'Écrivez un titre (200 lettres au plus).',
    author: 'Écrivez le nom de l’auteur (200 lettres au plus).',
    slug: 'Seulement des lettres sans accent, des chiffres et des tirets (100 au plus).',
    slugTaken: (other: string) =>
      `Un autre livre a déjà cette adresse. Choisissez-en une autre, par exemple : ${other}.`,
    description: 'La description est trop longue (20 000 lettres au plus).',
    language: 'Choisissez une langue de la liste.',
    currency: 'Choisissez une monnaie de la liste.',
    priceKind: 'Choisissez comment fixer le prix.',
    price: (rule: string) => `Écrivez le prix en chiffres : ${rule}.`,
    floor: (rule: string) =>
      `Écrivez le minimum en chiffres : 0, ou ${rule}, sans dépasser le prix conseillé.`,
    packBooks: 'Choisissez au moins deux livres.',
    packOnSale: 'Ce lot est en vente : gardez au moins deux livres en vente dedans.',
  },
}

export type BookFormWords = typeof fr

const en: BookFormWords = {
  newBook: 'New book',
  newPack: 'New pack',
  edit: (title) => `Change “${title}”`,
  title: 'Title',
  author: 'Author',
  slug: 'Address of the page',
  slugHint: (start) => `The end of the address, after ${start}. Empty: made from the title.`,
  slugKept: 'If you change it, links that were shared no longer work.',
  description: 'Description',
  descriptionHint:
    'An empty line separates paragraphs. **bold**, *italic*, - for a list, # for a heading.',
  preview: 'See the preview',
  previewTitle: 'Preview of the description',
  previewNote: 'Nothing is saved yet.',
  language: 'Language of the book',
  priceTitle: 'Price',
  priceKind: 'How the price is set',
  priceKinds: {
    fixed: 'A fixed price',
    free: 'Free',
    chosen: 'The buyer chooses, from a minimum up',
  },
  currency: 'Currency',
  price: 'Price',
  priceHint: (rule) => `In digits, ${rule}. When the buyer chooses, this is the suggested price.`,
  floor: 'Minimum price',
  floorHint: '0: the buyer may also pay nothing.',
  rule: (min, max, step) => `from ${min} to ${max}, in steps of ${step}`,
  packTitle: 'Books of the pack',
  packHint: 'Tick at least two books. The number gives the order.',
  place: (title) => `Place of “${title}”`,
  notOnSale: 'not on sale',
  noBooks: 'There is no book yet to put in a pack.',
  create: 'Create the book',
  createPack: 'Create the pack',
  somebody: 'Somebody else',
  stored: 'What is saved now',
  errors: {
    title: 'Write a title (200 letters at most).',
    author: 'Write the name of the author (200 letters at most).',
    slug: 'Only letters without accents, digits and hyphens (100 at most).',
    slugTaken: (other) =>
      `Another book already has this address. Choose another one, for example: ${other}.`,
    description: 'The description is too long (20 000 letters at most).',
    language: 'Choose a language from the list.',
    currency: 'Choose a currency from the list.',
    priceKind: 'Choose how the price is set.',
    price: (rule) => `Write the price in digits: ${rule}.`,
    floor: (rule) =>
      `Write the minimum in digits: 0, or ${rule}, and no more than the suggested price.`,
    packBooks: 'Choose at least two books.',
    packOnSale: 'This pack is on sale: keep at least two books on sale in it.',
  },
}

export const bookFormWords = (language: Language): BookFormWords => ({ fr, en })[language]
