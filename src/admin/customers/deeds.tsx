import * as v from 'valibot'
import { findCustomer, saveCustomerNote } from '../../data/people/customer.ts'
import type { KnownCustomer } from '../../data/people/customer.ts'
import { setQuiet } from '../../data/people/quiet.ts'
import type { Shop } from '../../contracts/shop.ts'
import * as shapes from '../../forms/shapes.ts'
import { readCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { quietKey } from '../../links/quiet.ts'
import type { Language } from '../../words/words.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { area, hidden, wholeNumber } from '../deeds/fields.tsx'
import { CustomerPage } from './customer-page.tsx'
import { customerWords } from './words.ts'

const MAX_NOTE_LENGTH = 2_000

export const choiceOf = async ({ config, provider }: Shop) => ({
  quietKey: await quietKey(config.appSecret),
  withSimulated: provider.isPlayMoney,
})

/** The customer whose order the address names. */
export async function customerAt({ shop, place }: Pick<Visit, 'shop' | 'place'>) {
  const code = readCode(place('code'))
  return code ? findCustomer(shop.sql, code, await choiceOf(shop)) : undefined
}

const noteFields = (language: Language) => {
  const { note: label, noteHint: hint, noteError } = customerWords(language)
  return {
    version: hidden(wholeNumber),
    note: area(
      { label, hint, rows: 4, maxlength: MAX_NOTE_LENGTH },
      shapes.area({ max: MAX_NOTE_LENGTH }, noteError),
    ),
  }
}
const typedNote = ({ note }: KnownCustomer) => ({ version: String(note.version), note: note.text })

export function showCustomer(
  { language, person, query, sent }: Visit,
  customer: KnownCustomer,
  shown: Pick<Shown<never>, 'typed' | 'errors' | 'clash'> = {
    typed: typedNote(customer),
    errors: {},
  },
): Page {
  const props = {
    customer,
    fields: noteFields(language),
    shown,
    isOwner: person.role === 'owner',
    isSaved: !sent && query('fait') !== undefined,
    language,
  }
  return { title: customerWords(language).title, body: <CustomerPage {...props} /> }
}

const aCustomer = (deed: 'note' | 'silence') =>
  ({
    path: paths.customerDeed.pattern.replace(/:deed.*/, deed),
    by: 'helper',
    on: customerAt,
  }) as const

const done = (customer: KnownCustomer) => `${paths.customer(customer.code)}?fait=enregistre`

const note = defineDeed({
  ...aCustomer('note'),
  fields: ({ language }) => noteFields(language),
  typed: (_, customer) => typedNote(customer),
  within: showCustomer,
  act: async ({ shop, person, now }, customer, { note: text, version: versionSeen }) => {
    const { phoneE164 } = customer
    const kept = { phoneE164, text, versionSeen, personId: person.id }
    return (await saveCustomerNote(shop.sql, kept, now)) ? done(customer) : undefined
  },
  moved: ({ language }, { note: { text, by } }) => {
    const words = customerWords(language)
    return text ? `${words.noteMoved(by ?? words.somebody)} ${words.noteNow(text)}` : words.noteGone
  },
})

const silence = defineDeed({
  ...aCustomer('silence'),
  fields: () => ({
    ecrire: hidden(v.picklist(['oui', 'non'])),
    retour: hidden(v.picklist(['fiche', 'relances'])),
  }),
  act: async ({ shop, person, now }, customer, { ecrire, retour }) => {
    const wish = {
      orderId: customer.orderId,
      key: await quietKey(shop.config.appSecret),
      isQuiet: ecrire === 'non',
      personId: person.id,
    }
    await setQuiet(shop.sql, wish, now)
    shop.log('buyer.quiet', { isQuiet: wish.isQuiet, personId: person.id })
    return retour === 'relances' ? `${paths.toRemind}?fait=enregistre` : done(customer)
  },
})

export const customerDeeds = [note, silence]
