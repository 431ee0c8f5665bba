import { summaryOf } from '../src/storefront/catalog/summary.ts'
import { connectTo, openDatabase } from '../src/data/database.ts'
import { findBookAndOthers } from '../src/data/books/storefront.ts'
import { defaultSettings } from '../src/config/settings.ts'
import { paths } from '../src/links/addresses.ts'
import { BookPage } from '../src/views/book.tsx'
import { Layout } from '../src/views/layout.tsx'
import { median } from './load.ts'
import { SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

/**
 * What a book's page is worth by itself, in ms: no server, no question, only its text made of what is
 * known. As many as one process draws before, so that V8 has had its time.
 */
export async function drawingAlone({ databaseUrl, settings }: Stage, count: number) {
  const { sql, close } = openDatabase(() => connectTo(databaseUrl, { max: 1 }))
  const found = await findBookAndOthers(sql, SLUG, new Date())
  await close()
  if (!found) throw new Error('the book of the bench is not on sale')
  const publicUrl = settings.PUBLIC_URL
  const { book } = found
  const times = Array.from({ length: 2 * count }, () => {
    const started = performance.now()
    const description = summaryOf(book, 'fr')
    const page = (
      <Layout
        title={book.title}
        path={paths.book(SLUG)}
        description={description}
        language="fr"
        settings={defaultSettings}
        publicUrl={publicUrl}
        isDemonstration={false}
      >
        <BookPage
          {...found}
          offer={{ listAmount: book.price, total: book.price }}
          means={[]}
          language="fr"
          typed={{ name: '', phone: '', email: '', country: 'ML', amount: '', means: '' }}
          texts={defaultSettings.texts}
          publicUrl={publicUrl}
        />
      </Layout>
    )
    if (!page.toString().includes(book.title)) throw new Error('the page was not drawn')
    return performance.now() - started
  })
  return median(times.slice(count))
}
