import { raw } from 'hono/html'
import { markdown } from '../../lib/markdown.ts'
import type { LegalText } from './words.ts'

/** The shop's own text, or the seller's instead. */
export function LegalPage({ text, ownWords }: { text: LegalText; ownWords: string }) {
  return (
    <main id="contenu">
      <article class="state legal-text">
        <h1>{text.title}</h1>
        {ownWords
          ? raw(markdown(ownWords))
          : text.sections.map(({ heading, paragraphs }) => (
              <section>
                <h2>{heading}</h2>
                {paragraphs.map((paragraph) => (
                  <p class="lines">{paragraph}</p>
                ))}
              </section>
            ))}
      </article>
    </main>
  )
}
