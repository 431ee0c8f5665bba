import { alerts, downloads, fees, retention, salesTold } from './rule-forms.ts'
import type { SettingsForm } from './form.ts'
import { identity, legalPages, look, shop } from './shop-forms.ts'
import { help, messages } from './text-forms.ts'

export const settingsForms: readonly SettingsForm[] = [
  shop,
  look,
  identity,
  legalPages,
  messages,
  help,
  alerts,
  salesTold,
  fees,
  retention,
  downloads,
]
