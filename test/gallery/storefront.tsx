import { CardPage } from '../../src/storefront/catalog/card-page.tsx'
import { CatalogPage, ListPage, SearchPage } from '../../src/storefront/catalog/pages.tsx'
import type { Book } from '../../src/data/books/books.ts'
import type { PackBook } from '../../src/data/books/storefront.ts'
import { HelpPage } from '../../src/storefront/help/pages.tsx'
import type { Means } from '../../src/money/means.ts'
import { BookPage } from '../../src/views/book.tsx'
import type { BuyerErrors, BuyerTyped } from '../../src/forms/buyer.ts'
import type { Offer } from '../../src/money/offer.ts'
import { FaultPage } from '../../src/views/fault-page.tsx'
import { faultStatuses } from '../../src/words/fr.ts'
import { operatorHelp } from '../../src/words/messages.ts'
import { wordsIn } from '../../src/words/words.ts'
import type { Language } from '../../src/words/words.ts'
import {
  aBook,
  books,
  longBook,
  offerOf,
  packed,
  PUBLIC_URL,
  settings,
  shelf,
  without,
} from './samples.ts'
import type { State } from './state.ts'

const TAGS = ['Roman', 'Cuisine', 'Commerce', 'Poésie et contes du Sahel'].map((name, slug) => {
  return { slug: String(slug), name }
})
const CONTENTS = 'Le bazin\nDemain, promis\nUn homme parti sur la mer'

const nothing: BuyerTyped = { name: '', phone: '', email: '', country: 'ML', amount: '', means: '' }

const catalog = (name: string, count: number, more: Partial<State> = {}): State => ({
  name,
  page: (language) => (
    <CatalogPage
      shelf={shelf(count, count > 6)}
      tags={count > 1 ? TAGS : []}
      tagline=""
      isFurther={false}
      language={language}
    />
  ),
  ...more,
})

type Shown = {
  offer?: Partial<Offer>
  means?: readonly Means[]
  packBooks?: PackBook[]
  more?: Book[]
  typed?: Partial<BuyerTyped>
  errors?: (language: Language) => BuyerErrors
}

const book = (name: string, shown: Book, { offer, ...more }: Shown = {}): State => ({
  name,
  page: (language) => (
    <BookPage
      book={shown}
      packBooks={more.packBooks ?? []}
      more={more.more ?? []}
      texts={settings.texts}
      whatsapp={settings.shop.whatsapp}
      publicUrl={PUBLIC_URL}
      offer={offerOf(shown, offer)}
      means={more.means ?? []}
      language={language}
      typed={{ ...nothing, ...more.typed }}
      {...(more.errors && { errors: more.errors(language) })}
    />
  ),
})

const search = (name: string, typed: string, count: number): State => ({
  name,
  page: (language) => (
    <SearchPage typed={typed} shelf={shelf(count)} isFurther={false} language={language} />
  ),
})

const lists: State[] = [
  search('recherche', 'tailleur', 2),
  search('recherche-rien', 'éléphants', 0),
  search('recherche-vide', '', 0),
  {
    name: 'theme',
    page: (language) => (
      <ListPage
        title="Roman"
        shelf={shelf(3)}
        address="/themes/roman"
        isFurther
        language={language}
      />
    ),
  },
]

const look = (colour: `#${string}`, logo: typeof settings.look.logo = null) => ({
  settings: {
    shop: { ...settings.shop, name: 'Librairie du Fleuve Niger' },
    look: { colour, logo },
  },
})
const LOGO = { key: 'logo', type: 'image/svg+xml', width: 80, height: 80 }

const atAbidjan: Means[] = ['orange', 'wave', 'mtn', 'moov', 'card']
const half = { id: 1, code: 'RENTREE', kind: 'percent', value: 50 } as const
const chosen = aBook({ priceFloor: 500, sampleType: 'application/pdf' })

export const storefrontStates: State[] = [
  catalog('catalogue-vide', 0),
  catalog('catalogue-un-livre', 1),
  catalog('catalogue', 6, { isDemonstration: true }),
  catalog('catalogue-beaucoup', 60),
  catalog('catalogue-logo', 6, look('#1d4f91', LOGO)),
  catalog('catalogue-jaune', 6, look('#ffd400')),
  book(
    'livre',
    aBook({
      sampleType: 'application/pdf',
      lightBytes: 850_000,
      tags: TAGS.slice(0, 2),
      contents: CONTENTS,
    }),
    { more: books(3) },
  ),
  book('livre-long-sans-couverture', longBook({ ...without, price: 125_000 })),
  book('livre-lot', aBook({ kind: 'pack', title: 'La petite bibliothèque', price: 6000 }), {
    packBooks: packed(),
  }),
  book('livre-gratuit', aBook({ price: 0 })),
  book('livre-prix-libre', chosen),
  book('livre-avec-code', aBook(), { offer: { total: 2500, promotion: half } }),
  book('livre-code-refuse', aBook(), {
    offer: { refusedCode: { typed: 'RENTRÉE', why: 'over' } },
  }),
  book('livre-a-corriger', chosen, {
    typed: { name: '', phone: '12', email: 'awa@', amount: '3' },
    errors: (language) => {
      const { errors } = wordsIn(language).form
      const { name, phone, email } = errors
      return { name, phone: phone.short(2, '8', 'Mali'), email, amount: errors.amount('500 F CFA') }
    },
  }),
  book('livre-moyens', aBook(), { means: atAbidjan }),
  book('livre-moyens-a-corriger', aBook(), {
    means: atAbidjan,
    typed: { name: 'Awa Traoré', phone: '12', means: 'wave' },
    errors: (language) => ({ phone: wordsIn(language).form.errors.phone.short(2, '8', 'Mali') }),
  }),
  book('livre-pas-en-vente', aBook({ price: 3 })),
  ...lists,
  {
    name: 'aide',
    page: (language) => (
      <HelpPage
        operators={operatorHelp(settings.texts, language)}
        contact={settings.shop}
        language={language}
      />
    ),
  },
  {
    name: 'carte',
    page: (language) => (
      <CardPage
        book={aBook()}
        shopName="Kiosque"
        address={`${PUBLIC_URL}/livres/l-oeuvre-du-tailleur`}
        language={language}
      />
    ),
  },
  ...faultStatuses.map((status) => ({
    name: `faute-${status}`,
    page: (language: Language) => (
      <FaultPage status={status} requestId="k3v9x2m7p1qa" language={language} />
    ),
  })),
]
