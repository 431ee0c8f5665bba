import { alerts, downloads, fees, retention } from './rule-forms.ts'
import type { SettingsForm, Typed } from './form.ts'
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
  fees,
  retention,
  downloads,
]

/** What stands in the form, with nothing concluded from it yet. */
export const typedIn = (form: SettingsForm, fields: ReadonlyMap<string, string>): Typed =>
  Object.fromEntries(form.fields.map(({ name }) => [name, fields.get(name) ?? '']))
