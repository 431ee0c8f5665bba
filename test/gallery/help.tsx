import { ClaimPage, ToldPage } from '../../src/storefront/disputes/pages.tsx'
import { claimWords } from '../../src/storefront/disputes/words.ts'
import { BooksPage, FindPage, MailedPage } from '../../src/storefront/order-lookup/pages.tsx'
import { findingWords } from '../../src/storefront/order-lookup/words.ts'
import { LegalPage } from '../../src/storefront/legal/pages.tsx'
import { legalTexts } from '../../src/storefront/legal/words.ts'
import { limitWords } from '../../src/limits/words.ts'
import { wordsIn } from '../../src/words/words.ts'
import type { Language } from '../../src/words/words.ts'
import { anOrder, ORDER_KEY, settings } from './samples.ts'
import type { State } from './state.ts'

const phone = { country: 'ML', phone: '76 12 34' }
const claim = { ...phone, amount: '', operator: '', reference: '', message: '' }
const { whatsapp } = settings.shop

const legal = (kind: 'notice' | 'terms' | 'privacy'): State => ({
  name: `loi-${kind}`,
  page: (language) => (
    <LegalPage
      text={legalTexts(language)[kind]({
        ...settings.legal,
        seller: 'Moussa Diarra',
        address: 'Rue 14, Médina Coura\nBamako',
        shopName: 'Kiosque',
        email: 'moussa@example.com',
        country: 'ML',
        unpaidDays: 30,
        site: 'https://livres.example.net',
      })}
      ownWords=""
    />
  ),
})

const found = [1, 2, 3].map((id) => ({
  ...anOrder({ id, status: 'paid' }),
  path: '/commande/…',
}))

const aQuestion = (language: Language) => ({
  token: '…',
  words: [7, 2, 9, 1, 5].map((digit) => limitWords(language).digits[digit]).join(', '),
})

export const helpStates: State[] = [
  {
    name: 'retrouver',
    page: (language) => (
      <FindPage
        typed={{ country: 'ML', phone: '', proof: '', email: '' }}
        hasMail
        byReference
        language={language}
      />
    ),
  },
  {
    name: 'retrouver-par-code',
    page: (language) => (
      <FindPage
        typed={{ country: 'ML', phone: '', proof: '', email: '' }}
        hasMail={false}
        byReference={false}
        language={language}
      />
    ),
  },
  {
    name: 'retrouver-a-corriger',
    page: (language) => {
      const { proof } = findingWords(language).errors
      const wrong = wordsIn(language).form.errors.phone.lostZero
      return (
        <FindPage
          typed={{ ...phone, proof: '', email: '' }}
          errors={{ phone: wrong, proof }}
          hasMail={false}
          byReference
          language={language}
        />
      )
    },
  },
  {
    name: 'retrouver-question',
    page: (language) => {
      const { summary } = limitWords(language)
      return (
        <FindPage
          typed={{ ...phone, proof: '7K3M-94FT', email: '' }}
          errors={{ summary }}
          question={{ of: 'proof', ...aQuestion(language) }}
          hasMail
          byReference
          language={language}
        />
      )
    },
  },
  {
    name: 'retrouver-envoye',
    page: (language) => <MailedPage language={language} />,
  },
  {
    name: 'retrouver-livres',
    page: (language) => (
      <BooksPage books={found} lead={findingWords(language).books.ofEmail} language={language} />
    ),
  },
  {
    name: 'commande-livres',
    page: (language) => (
      <BooksPage
        books={found}
        lead={findingWords(language).books.here}
        from={{ orderKey: '…', canMail: true, byReference: true }}
        language={language}
      />
    ),
  },
  {
    name: 'debite',
    page: (language) => (
      <ClaimPage typed={claim} byReference whatsapp={whatsapp} language={language} />
    ),
  },
  {
    name: 'debite-a-corriger',
    page: (language) => {
      const { amount, operator } = claimWords(language).errors
      return (
        <ClaimPage
          typed={claim}
          errors={{ amount, operator }}
          orderKey={ORDER_KEY}
          whatsapp={whatsapp}
          byReference
          language={language}
        />
      )
    },
  },
  {
    name: 'debite-dit',
    page: (language) => <ToldPage byReference whatsapp={whatsapp} language={language} />,
  },
  {
    name: 'debite-dit-par-code',
    page: (language) => <ToldPage byReference={false} whatsapp={whatsapp} language={language} />,
  },
  legal('notice'),
  legal('terms'),
  legal('privacy'),
]
