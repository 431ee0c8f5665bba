import type { Settings } from '../../config/settings.ts'
import { whatsappAddress } from '../../links/addresses.ts'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** Where the buyer can ask, with the order's code ready; nothing where the shop gave no address. */
export function ContactLink({ code, shop, language }: ContactLinkProps) {
  const words = wordsIn(language).order.write
  const message = words.text(code)
  if (shop.whatsapp)
    return (
      <p>
        <a href={whatsappAddress(shop.whatsapp, message)}>{words.whatsapp}</a>
      </p>
    )
  if (!shop.email) return null
  const address = `mailto:${encodeURIComponent(shop.email)}?subject=${encodeURIComponent(message)}`
  return (
    <p>
      <a href={address}>{words.email}</a>
    </p>
  )
}

type ContactLinkProps = { code: string; shop: Settings['shop']; language: Language }
