import type { Child } from 'hono/jsx'
import { meansName } from '../money/means.ts'
import type { Means } from '../money/means.ts'
import type { Book, ShelfBook } from '../data/books/books.ts'
import { pathsIn, whatsappAddress, whatsappShare } from '../links/addresses.ts'
import type { Settings } from '../config/settings.ts'
import { operatorHelp } from '../words/messages.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { ShelfItem } from './shelf-item.tsx'
import { ButtonLink, TapLine } from './links.tsx'
import type { SaleKind } from './price.tsx'

type Props = { book: Book; language: Language }

/** The authors, each linked to their other books; the plain name when there are none. */
export function AuthorLinks({ book, language }: Props) {
  const words = wordsIn(language).book
  const [first, ...others] = book.authors
  if (!first || others.length > 0)
    return (
      <p class="soft by">
        {words.by('')}
        {linked(book, language)}
      </p>
    )
  return (
    <p class="soft by">
      <a href={pathsIn(language).author(first.slug)}>{words.by(book.author)}</a>
    </p>
  )
}

/** The names as the seller wrote them, each turned into a link. */
function linked({ author, authors }: Book, language: Language): Child[] {
  const parts: Child[] = []
  let rest = author
  for (const { slug, name } of authors) {
    const at = rest.indexOf(name)
    if (at < 0) continue
    parts.push(rest.slice(0, at), <a href={pathsIn(language).author(slug)}>{name}</a>)
    rest = rest.slice(at + name.length)
  }
  return [...parts, rest]
}

export function TagLinks({ tags, label, language }: TagLinksProps) {
  if (tags.length === 0) return null
  return (
    <nav aria-label={label}>
      <ul class="tags">
        {tags.map(({ slug, name }) => (
          <li>
            <a href={pathsIn(language).tag(slug)}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type TagLinksProps = { tags: Book['tags']; label: string; language: Language }

/** The table of contents, a line a chapter, in the book's own language. */
export function Contents({ book, language }: Props) {
  const lines = book.contents.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return null
  return (
    <details class="contents">
      <summary>{wordsIn(language).book.contents}</summary>
      <ol lang={book.language}>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
    </details>
  )
}

/** Which operators can be used to pay, and what each will ask on the phone. */
export function OnPhone({ texts, means, language }: OnPhoneProps) {
  const words = wordsIn(language)
  const names = means.map(meansName)
  const help = operatorHelp(texts, language).filter(
    ({ name }) => names.length === 0 || names.includes(name),
  )
  return (
    <section class="on-phone">
      <h2>{words.book.onPhone}</h2>
      <p>
        {words.book.operators}{' '}
        {(names.length > 0 ? names : help.map(({ name }) => name)).join(', ')}.
      </p>
      {help.map(({ name, text }) => (
        <details name="telephone">
          <summary>{words.help.operator(name)}</summary>
          <p class="lines">{text}</p>
        </details>
      ))}
    </section>
  )
}

/** `means`: those of the shop's country, if known. */
type OnPhoneProps = { texts: Settings['texts']; means: readonly Means[]; language: Language }

const QUESTIONS_ON_A_BOOK = 4

export function Questions({ sale, language }: { sale: SaleKind; language: Language }) {
  const words = wordsIn(language)
  const asked = words.help.questions.filter(([, , of]) => sale !== 'free' || of !== 'paid')
  return (
    <section class="questions" aria-labelledby="questions">
      <h2 id="questions">{words.book.questions}</h2>
      {asked.slice(0, QUESTIONS_ON_A_BOOK).map(([question, answer]) => (
        <details>
          <summary>{question}</summary>
          <p>{answer}</p>
        </details>
      ))}
      <TapLine to={pathsIn(language).help} label={words.book.allHelp} />
    </section>
  )
}

type TalkProps = Props & {
  publicUrl: string
  /** The shop's number; empty where none is given. */
  whatsapp: string
}

/** A question to the shop before buying, and a recommendation to others, both by WhatsApp. */
export function AskAndShare({ book, publicUrl, whatsapp, language }: TalkProps) {
  const words = wordsIn(language).book
  const address = publicUrl + pathsIn(language).book(book.slug)
  const question = words.question(book.title)
  return (
    <div class="buttons share">
      {whatsapp && (
        <ButtonLink to={whatsappAddress(whatsapp, question)} label={words.askShop} quiet />
      )}
      <ButtonLink to={whatsappShare(words.shared(book.title, address))} label={words.share} quiet />
    </div>
  )
}

/** Other books by the same authors. */
export function MoreByAuthors({ book, more, language }: Props & { more: ShelfBook[] }) {
  if (more.length === 0) return null
  return (
    <section class="more" aria-labelledby="aussi">
      <h2 id="aussi">{wordsIn(language).book.moreBy(book.author)}</h2>
      <ul class="shelf">
        {more.map((other) => (
          <ShelfItem book={other} language={language} heading="h3" lazy />
        ))}
      </ul>
    </section>
  )
}
