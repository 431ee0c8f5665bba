import { raw } from 'hono/html'
import { inLanguage, pathsIn } from '../urls.ts'
import { LANGUAGES } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** What a public page tells search engines, and WhatsApp when its link is shared. */
export type Found = {
  /** Its address, without a language: it has one in each. */
  path: string
  description: string
  image: { path: string; type: string; width: number; height: number }
  /** As schema.org knows it. */
  data: object
  /** Found by its links and in no list: many pages say the same. */
  isUnlisted: boolean
}

type FoundTagsProps = Partial<Found> & {
  path: string
  title: string
  publicUrl: string
  shopName: string
  language: Language
}

export function FoundTags({ path, title, publicUrl, shopName, language, ...page }: FoundTagsProps) {
  const { description, image, data } = page
  const address = (spoken: Language) => publicUrl + inLanguage(path, spoken)
  return (
    <>
      {page.isUnlisted && <meta name="robots" content="noindex, follow" />}
      {description && <meta name="description" content={description} />}
      <link rel="canonical" href={address(language)} />
      {LANGUAGES.map((spoken) => (
        <link rel="alternate" hreflang={spoken} href={address(spoken)} />
      ))}
      <link rel="alternate" hreflang="x-default" href={address('fr')} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={shopName}
        href={pathsIn(language).feed}
      />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={shopName} />
      <meta property="og:locale" content={language} />
      <meta property="og:url" content={address(language)} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      {image && (
        <>
          <meta property="og:image" content={publicUrl + image.path} />
          <meta property="og:image:type" content={image.type} />
          <meta property="og:image:width" content={String(image.width)} />
          <meta property="og:image:height" content={String(image.height)} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
      {data && <script type="application/ld+json">{raw(asText(data))}</script>}
    </>
  )
}

/** Nothing in it ends the element: `<` is written as JSON can write any letter. */
const asText = (data: object) => JSON.stringify(data).replaceAll('<', '\\u003c')
