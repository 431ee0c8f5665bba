import { raw } from 'hono/html'
import type { Book, ShelfBook } from '../data/books/books.ts'
import type { PackBook } from '../data/books/storefront.ts'
import { lookUp } from '../lib/look-up.ts'
import { markdown } from '../lib/markdown.ts'
import type { Question } from '../limits/question.ts'
import { paths } from '../links/addresses.ts'
import type { Means } from '../money/means.ts'
import type { Settings } from '../config/settings.ts'
import { extentOf, weightOf } from '../words/download-time.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import {
  AuthorLinks,
  Contents,
  MoreByAuthors,
  AskAndShare,
  OnPhone,
  Questions,
  TagLinks,
} from './book-more.tsx'
import type { Offer } from '../money/offer.ts'
import type { BuyerTyped, BuyerErrors } from '../forms/buyer.ts'
import { Cover, isLong } from './cover.tsx'
import { PackBooks } from './pack-books.tsx'
import { PriceLine, saleOf } from './price.tsx'
import type { SaleKind } from './price.tsx'
import { Sale } from './sale.tsx'
import { ButtonLink } from './links.tsx'

/** Twice the CSS width is enough: a phone with triple density would fetch four times the bytes. */
const COVER_SIZES =
  '(min-width: 72rem) 17rem, (min-width: 40rem) 15rem, (min-resolution: 2.1dppx) 28vw, 40vw'

type BookPageProps = {
  book: Book
  /** The books of a pack. */
  packBooks: PackBook[]
  /** Other books by its authors. */
  more: ShelfBook[]
  /** The seller's own texts about paying on the phone. */
  texts: Settings['texts']
  /** The number for questions; empty if the shop gives none. */
  whatsapp: string
  publicUrl: string
  offer: Offer
  /** The means to choose from in the form. */
  means: readonly Means[]
  language: Language
  typed: BuyerTyped
  errors?: BuyerErrors
  question?: Question | undefined
}

export function BookPage(props: BookPageProps) {
  const { book, packBooks, more, texts, whatsapp, publicUrl, ...sale } = props
  const { offer, means, language } = sale
  const words = wordsIn(language)
  return (
    <main id="contenu">
      <article class="book">
        <div class="head">
          <Cover book={book} language={language} sizes={COVER_SIZES} isFirst />
          <div>
            <h1 class={isLong(book.title) ? 'long' : undefined}>{book.title}</h1>
            <AuthorLinks book={book} language={language} />
            <PriceLine book={book} offer={offer} language={language} />
            <p class="facts">
              {[
                book.mediaTypes.map((type) => lookUp(words.formats, type)).join(' + '),
                ...extentOf(book, language),
                ...weightOf(book.sizeBytes, language),
              ].join('\u00A0· ')}
              {book.lightBytes !== null && (
                <>
                  <br />
                  {words.file.lightToo(weightOf(book.lightBytes, language).join('\u00A0· '))}
                </>
              )}
            </p>
            <p class="jump">
              <ButtonLink to="#acheter" label={words.sale[saleOf(book)].go} />
            </p>
            {book.sampleType && (
              <p class="excerpt">
                <a class="button quiet" href={paths.sample(book.slug)}>
                  {lookUp(words.book.sample, book.sampleType)}
                </a>
              </p>
            )}
          </div>
        </div>
        <div class="about">
          <div class="text" lang={book.language}>
            {raw(markdown(book.description))}
          </div>
          {packBooks.length > 0 && <PackBooks pack={book} books={packBooks} language={language} />}
          <Contents book={book} language={language} />
          <TagLinks tags={book.tags} label={words.book.tags} language={language} />
          <AfterBuying sale={saleOf(book)} language={language} />
        </div>
        <Sale book={book} {...sale} />
        <div class="later">
          {saleOf(book) !== 'free' && <OnPhone texts={texts} means={means} language={language} />}
          <Questions sale={saleOf(book)} language={language} />
          <AskAndShare book={book} publicUrl={publicUrl} whatsapp={whatsapp} language={language} />
        </div>
        <MoreByAuthors book={book} more={more} language={language} />
      </article>
    </main>
  )
}

function AfterBuying({ sale, language }: AfterBuyingProps) {
  const words = wordsIn(language)
  return (
    <>
      <h2>{words.book.afterTitle}</h2>
      <ol class="after">
        {words.sale[sale].after.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  )
}

type AfterBuyingProps = { sale: SaleKind; language: Language }
