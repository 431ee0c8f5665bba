import type { Book } from '../data/books.ts'
import { isPayable } from '../payment/currency.ts'
import { paths } from '../urls.ts'
import { fileSize, money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { BuyForm } from './buy-form.tsx'
import type { Typed, TypedErrors } from './buy-form.tsx'

type BookPageProps = {
  book: Book
  language: Language
  /** Proves that two taps came from one form. */
  nonce: string
  typed: Typed
  errors?: TypedErrors
}

export function BookPage({ book, language, nonce, typed, errors }: BookPageProps) {
  const words = wordsIn(language)
  const price = money(book.price, book.currency, language)
  return (
    <main id="contenu">
      <article>
        <div class="head">
          <Cover book={book} language={language} />
          <div>
            <h1>{book.title}</h1>
            <p class="soft">{words.book.by(book.author)}</p>
            <p class="price">{price}</p>
            <p class="facts">
              PDF{book.pages !== null && ` · ${words.book.pages(book.pages)}`} ·{' '}
              {fileSize(book.sizeBytes, language)}
            </p>
            <p class="jump">
              <a class="button" href="#acheter">
                {words.book.buy}
              </a>
            </p>
          </div>
        </div>
        <div class="columns">
          <div>
            <p class="text" lang={book.language}>
              {book.description}
            </p>
            <h2>{words.book.afterTitle}</h2>
            <ol>
              {words.book.after.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          </div>
          <section class="card" aria-labelledby="acheter">
            <h2 id="acheter">{words.book.buyTitle}</h2>
            {isPayable(book.price, book.currency) ? (
              <BuyForm
                book={book}
                language={language}
                nonce={nonce}
                typed={typed}
                errors={errors}
              />
            ) : (
              <p>{words.book.notPayable}</p>
            )}
          </section>
        </div>
      </article>
    </main>
  )
}

/** A cover, or its title where there is none. */
export function Cover({
  book,
  language,
  lazy,
}: {
  book: Book
  language: Language
  lazy?: boolean
}) {
  if (book.coverKey === null || !book.coverWidth || !book.coverHeight)
    return (
      <div class="cover blank" aria-hidden="true">
        {book.title}
      </div>
    )
  return (
    <img
      class="cover"
      src={paths.cover(book.slug)}
      alt={wordsIn(language).book.cover(book.title)}
      width={book.coverWidth}
      height={book.coverHeight}
      loading={lazy ? 'lazy' : undefined}
    />
  )
}
