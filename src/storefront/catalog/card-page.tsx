import type { Book } from '../../data/books/books.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { Cover } from '../../views/cover.tsx'
import { PriceText, priceLabel } from '../../views/price.tsx'
import { TapLink } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

const CODE_PIXELS = 240

type CardPageProps = { book: Book; shopName: string; address: string; language: Language }

export function CardPage({ book, shopName, address, language }: CardPageProps) {
  const words = wordsIn(language).book
  return (
    <main id="contenu">
      <p class="print-hint">
        {words.card.print} <TapLink to={pathsIn(language).book(book.slug)} label={book.title} />
      </p>
      <article class="print-card">
        <Cover book={book} language={language} sizes="8rem" isPlain />
        <div>
          <h1>{book.title}</h1>
          <p class="soft">{words.by(book.author)}</p>
          <PriceText label={priceLabel(book, language)} />
          <p class="small">{shopName}</p>
        </div>
        <img
          class="qr"
          src={paths.cardCode(book.slug)}
          width={CODE_PIXELS}
          height={CODE_PIXELS}
          alt={words.card.code(book.title)}
        />
        <p>{words.card.scan}</p>
        <p class="address">{address.replace(/^https?:\/\//, '')}</p>
      </article>
    </main>
  )
}
