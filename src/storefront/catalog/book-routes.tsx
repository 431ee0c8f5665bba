import type { Context } from 'hono'
import { makeOffer } from '../checkout/offer.ts'
import { findBookAndOthers } from '../../data/books/storefront.ts'
import { isAnswered } from '../../limits/question.ts'
import { meansAsked } from '../../money/means.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { BookPage } from '../../views/book.tsx'
import { bookAsData } from './json-ld.ts'
import { sharedPicture, summaryOf } from './summary.ts'

/** The page of a book on sale; undefined when there is none. */
export async function bookPage(c: Context<ShopEnv, typeof paths.book.pattern>) {
  const slug = c.req.param('slug')
  const found = await findBookAndOthers(c.env.sql, slug, c.env.now())
  if (!found) return undefined
  const { book } = found
  const { language } = c.var
  const { publicUrl } = c.env.config
  const settings = await currentSettings(c.env)
  const country = settings.shop.country || c.env.config.country
  const code = c.req.query('code')
  const asked = new Map(Object.entries(c.req.query()))
  const isPerson = code !== undefined && (await isAnswered(c.env, asked))
  const description = summaryOf(book, language)
  const image = sharedPicture(book)
  const data = bookAsData(book, { publicUrl, language, image: image?.path, text: description })
  return c.render(
    <BookPage
      {...found}
      offer={await makeOffer(c.env, book, { code, isPerson, language })}
      means={meansAsked(c.env.provider, country)}
      language={language}
      typed={{ name: '', phone: '', email: '', country, amount: '', means: '' }}
      texts={settings.texts}
      whatsapp={settings.shop.whatsapp}
      publicUrl={publicUrl}
    />,
    {
      title: book.title,
      path: paths.book(slug),
      query: { code },
      description,
      data,
      ...(image && { image }),
    },
  )
}
