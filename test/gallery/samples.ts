import demonstration from '../../demonstration/shop.json'
import type { Book } from '../../src/data/books/books.ts'
import type { Order } from '../../src/data/orders/orders.ts'
import type { PackBook, Shelf } from '../../src/data/books/storefront.ts'
import type { KeyedFile } from '../../src/storefront/delivery/file-offers.tsx'
import { defaultSettings } from '../../src/config/settings.ts'
import type { Offer } from '../../src/money/offer.ts'

/** Rows as the database would give them, made up. The people and the numbers are nobody's. */
export const NOW = new Date('2026-11-02T10:00:00Z')
export const PUBLIC_URL = 'https://livres.example.net'
export const ORDER_KEY = '7K3M94FT.AAAAAAAAAAAAAAAAAAAAAA'
const LONG_TITLE =
  'Petit traité très complet de la comptabilité simplifiée des commerçantes et commerçants du marché de Médine, avec des exercices corrigés et un glossaire bambara-français'

export const settings = {
  ...defaultSettings,
  shop: { ...defaultSettings.shop, whatsapp: '+22376000000', email: 'moussa@example.com' },
}

export function aBook(book: Partial<Book> = {}): Book {
  return {
    id: 1,
    slug: 'l-oeuvre-du-tailleur',
    title: 'L’œuvre du tailleur',
    author: 'Mariam Koné',
    description:
      'Bamako, une rue de tailleurs, et un grand boubou que personne ne vient chercher.\n\nUn court roman sur le travail bien fait.\n\n## Dedans\n\n- Douze chapitres\n- Un lexique\n\n> On ne coupe pas deux fois le même bazin.',
    language: 'fr',
    price: 5000,
    currency: 'XOF',
    coverKey: 'covers/l-oeuvre-du-tailleur',
    coverType: 'image/svg+xml',
    coverWidth: 400,
    coverHeight: 600,
    coverSizes: [160, 320, 640].map((width) => {
      return { key: 'cover', type: 'image/webp', width, height: width * 1.5 }
    }),
    kind: 'book',
    priceFloor: null,
    fileId: 1,
    sizeBytes: 3_200_000,
    lightBytes: null,
    pages: 124,
    seconds: null,
    mediaTypes: ['application/pdf'],
    sampleType: null,
    tags: [],
    authors: [{ slug: 'mariam-kone', name: 'Mariam Koné' }],
    contents: '',
    publishedAt: NOW,
    coverPlain: null,
    coverShare: null,
    ...book,
  }
}

export const without = { coverKey: null, coverType: null, coverWidth: null, coverHeight: null }
export const longBook = (book: Partial<Book> = {}) =>
  aBook({
    title: LONG_TITLE,
    author: 'Boubacar Sidiki Ould Mohamed Lemine Traoré dit Kassonké',
    ...book,
  })

const shelfBook = (place: number): Book => {
  const { slug, title, author, price } = demonstration.books[place % demonstration.books.length]!
  return aBook({ id: place, slug, title, author, price, coverKey: `covers/${slug}` })
}

/** So many books: some without a cover, some with a long title, some free. */
export const books = (count: number): Book[] =>
  Array.from({ length: count }, (_, place) => {
    const book = shelfBook(place)
    if (place % 11 === 7) return longBook({ id: place, ...(place % 2 === 0 && without) })
    if (place % 7 === 6) return { ...book, ...without }
    return place % 9 === 8 ? { ...book, price: 0 } : book
  })

export const shelf = (count: number, hasMore = false): Shelf => ({
  books: books(count),
  next: hasMore ? { publishedAt: NOW, id: 1 } : undefined,
})

export const packed = (): PackBook[] =>
  [0, 1, 2].map((place) => ({ ...shelfBook(place), onSale: place < 2 }))

export const offerOf = (book: Book, offer: Partial<Offer> = {}): Offer => ({
  listAmount: book.price,
  total: book.price,
  ...offer,
})

export function anOrder(order: Partial<Order> = {}): Order {
  return {
    id: 1,
    code: '7K3M94FT',
    status: 'pending',
    amount: 5000,
    currency: 'XOF',
    attempts: 1,
    linkVersion: 1,
    simulated: false,
    language: 'fr',
    buyerName: 'Awa Traoré',
    email: null,
    phoneE164: '+22376123456',
    createdAt: NOW,
    bookSlug: 'l-oeuvre-du-tailleur',
    bookTitle: 'L’œuvre du tailleur',
    paymentId: 1,
    transactionId: 'T1',
    paymentCreatedAt: NOW,
    pageUrl: '/simulateur/payment/T1',
    refusal: null,
    isClosed: false,
    waiting: null,
    operator: null,
    saidMeans: null,
    ...order,
  }
}

export function aFile(file: Partial<KeyedFile> = {}): KeyedFile {
  return {
    id: 1,
    slot: 'livre',
    name: 'L’œuvre du tailleur.pdf',
    title: '',
    mediaType: 'application/pdf',
    sizeBytes: 3_200_000,
    pages: 124,
    seconds: null,
    version: 1,
    damagedAt: null,
    bookTitle: 'L’œuvre du tailleur',
    key: 'file-key',
    begunPercent: undefined,
    isAsked: false,
    ...file,
  }
}
