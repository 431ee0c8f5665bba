import type { Settings } from '../../config/settings.ts'
import type { SettingsWords } from '../../admin/settings/words.ts'

/** What the law asks of a seller's identity, and the settings do not say yet. */
export function missingIdentity({ legal, shop }: Pick<Settings, 'legal' | 'shop'>) {
  const missing: (keyof SettingsWords['identityFields'])[] = []
  if (!legal.seller) missing.push('seller')
  if (!legal.address) missing.push('address')
  if (!legal.phone && !legal.email && !shop.email) missing.push('contact')
  if (!legal.host) missing.push('host')
  return missing
}
