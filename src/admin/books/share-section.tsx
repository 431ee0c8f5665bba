import type { WholeBook } from '../../data/books/desk-books.ts'
import { facebookShare, paths, whatsappShare } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import type { Language } from '../../words/words.ts'
import { CopyField, Section } from '../parts.tsx'
import { booksWords } from './words.ts'

type Props = {
  book: WholeBook
  /** The absolute address of the book's page. */
  address: string
  language: Language
}

/** The ways to show readers a book that is on sale. */
export function ShareSection({ book, address, language }: Props) {
  const words = booksWords(language).share
  const write = book.price === 0 ? words.free : words.message
  return (
    <Section class="card" id="partager" title={words.title}>
      <CopyField id="adresse" label={words.address} value={address} words={words} />
      <div class="buttons">
        <ButtonLink
          to={whatsappShare(write(book.title, book.author, address))}
          label={words.whatsapp}
          isOutside
        />
        <ButtonLink to={facebookShare(address)} label={words.facebook} quiet isOutside />
        <ButtonLink to={paths.card(book.slug)} label={words.card} quiet />
      </div>
    </Section>
  )
}
