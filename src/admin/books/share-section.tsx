import type { WholeBook } from '../../data/books/desk-books.ts'
import { facebookShare, paths, whatsappShare } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import type { Language } from '../../words/words.ts'
import { Section } from '../parts.tsx'
import { booksWords } from './words.ts'

type Props = {
  book: WholeBook
  /** Of its page, whole. */
  address: string
  language: Language
}

/** The ways in which a book on sale is shown to readers. */
export function ShareSection({ book, address, language }: Props) {
  const words = booksWords(language).share
  const write = book.price === 0 ? words.free : words.message
  return (
    <Section class="card" id="partager" title={words.title}>
      <div class="field copy">
        <label for="adresse">{words.address}</label>
        <input
          id="adresse"
          type="text"
          readonly
          value={address}
          data-copy={words.copy}
          data-copied={words.copied}
        />
      </div>
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
