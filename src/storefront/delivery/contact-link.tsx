import type { Settings } from '../../config/settings.ts'
import { spellCode } from '../../lib/crockford.ts'
import { whatsappAddress } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** A link for asking the seller, with the order's code filled in; nothing if the shop has no contact. */
export function ContactLink({ code, shop, language, isButton }: ContactLinkProps) {
  const words = wordsIn(language).order.write
  const message = words.text(spellCode(code))
  const mail = `mailto:${encodeURIComponent(shop.email)}?subject=${encodeURIComponent(message)}`
  const to = shop.whatsapp ? whatsappAddress(shop.whatsapp, message) : shop.email && mail
  if (!to) return null
  const label = shop.whatsapp ? words.whatsapp : words.email
  if (isButton) return <ButtonLink to={to} label={label} />
  return (
    <p>
      <a href={to}>{label}</a>
    </p>
  )
}

type ContactLinkProps = {
  code: string
  shop: Settings['shop']
  language: Language
  isButton?: boolean
}
