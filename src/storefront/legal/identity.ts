import type { Settings } from '../../config/settings.ts'
import { deskDictionary } from '../../words/languages.ts'
import type { Language } from '../../words/languages.ts'

const fr = {
  seller: 'le nom du vendeur',
  address: 'l’adresse',
  contact: 'un téléphone ou un e-mail',
  host: 'l’hébergeur',
}

const en: typeof fr = {
  seller: 'the seller’s name',
  address: 'the address',
  contact: 'a phone or an e-mail',
  host: 'the host',
}

const fieldNames = deskDictionary({ fr, en })

/** What the law requires of a seller's identity and the settings still lack, each in a few words. */
export function missingIdentity(
  { legal, shop }: Pick<Settings, 'legal' | 'shop'>,
  language: Language,
) {
  const missing: (keyof typeof fr)[] = []
  if (!legal.seller) missing.push('seller')
  if (!legal.address) missing.push('address')
  if (!legal.phone && !legal.email && !shop.email) missing.push('contact')
  if (!legal.host) missing.push('host')
  return missing.map((field) => fieldNames(language)[field])
}
