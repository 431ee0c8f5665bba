import { countDisputesOfPerson, exportDisputes } from '../../data/people/dispute-privacy.ts'
import { erasePerson, listErasures } from '../../data/people/erasure.ts'
import { PERSONAL_FIELDS } from '../../payment/kept.ts'
import { exportPerson, listOrdersOfPerson, listSharedContacts } from '../../data/people/privacy.ts'
import type { Sought } from '../../data/people/privacy.ts'
import { plainEmail } from '../../forms/shapes.ts'
import { readNumber } from '../../../packages/phone-numbers/phone-numbers.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { heedErasures } from '../../backup/erasures.ts'
import { paths } from '../../links/addresses.ts'
import { quietKey } from '../../links/quiet.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { PersonPage, PrivacyPage } from './privacy-pages.tsx'
import { privacyWords } from './privacy-words.ts'

/**
 * What is known of a buyer: shown, exported, erased. Everything here is a POST, so that no number
 * and no e-mail address appears in a URL, a history or a host's log.
 */
const REASONS = ['asked', 'mistake', 'authority'] as const

const search = defineDeed({
  path: paths.personalData,
  by: 'owner',
  page: async (visit, _, { sent, errors, more }: Shown<Asked>) => {
    if (more) return showPerson(visit, more)
    const { shop, language, query } = visit
    const erased = /^\d{1,6}$/.exec(query('efface') ?? '')?.[0]
    const props = {
      sought: sent ? typedIn(visit) : '',
      errors,
      erased: sent || erased === undefined ? undefined : Number(erased),
      withoutOrder: !sent && query('sans-commande') !== undefined,
      erasures: await listErasures(shop.sql),
      language,
    }
    return { title: privacyWords(language).title, body: <PrivacyPage {...props} /> }
  },
  act: async (visit) => {
    const asked = await askedIn(visit)
    return asked
      ? { more: asked }
      : { errors: { sought: privacyWords(visit.language).soughtError } }
  },
})

const aPerson = {
  by: 'owner',
  on: async (visit: Visit) => (await askedIn(visit)) ?? fault(400),
} as const

const copy = defineDeed({
  ...aPerson,
  path: paths.copyPerson,
  act: async ({ shop, person, now }, { sought }) => {
    const [orders, cases] = await Promise.all([
      exportPerson(shop.sql, sought, await quietKey(shop.config.appSecret)),
      exportDisputes(shop.sql, sought),
    ])
    const exportedAt = now.toISOString()
    shop.log('person.exported', { orders: orders.length, personId: person.id })
    const all = { shop: shop.config.publicUrl, exportedAt, orders, cases }
    return new Response(JSON.stringify(all, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="personne-${exportedAt.slice(0, 10)}.json"`,
      },
    })
  },
})

const erase = defineDeed({
  ...aPerson,
  path: paths.erasePerson,
  within: showPerson,
  act: async ({ shop, person, now, language, sent }, { sought }) => {
    const words = privacyWords(language)
    const why = whyIn(sent)
    const isConfirmed = (sent.get('confirm') ?? '').trim().toUpperCase() === words.confirmWord
    if (!why || !isConfirmed)
      return {
        errors: {
          ...(!why && { why: words.errors.why }),
          ...(!isConfirmed && { confirm: words.errors.confirm }),
        },
      }
    const how = { personId: person.id, why, personalFields: PERSONAL_FIELDS }
    const { orders, cases } = await erasePerson(shop.sql, sought, how, now)
    shop.log('person.erased', { orders, cases, personId: person.id })
    shop.background(heedErasures(shop))
    const alone = orders === 0 && cases > 0 ? '&sans-commande' : ''
    return `${paths.personalData}?efface=${orders}${alone}`
  },
})

export const privacyDeeds = [search, copy, erase]

type Asked = { sought: Sought; typed: string }

const typedIn = ({ sent }: Visit) => (sent?.get('sought') ?? '').trim().slice(0, 254)
const whyIn = (sent: Visit['sent']) => REASONS.find((reason) => reason === sent?.get('why'))

/**
 * Parses whom the form means: text with an @ is an e-mail address, anything else a phone number, of
 * the shop's country if it has no +.
 */
async function askedIn(visit: Visit): Promise<Asked | undefined> {
  const typed = typedIn(visit)
  const email = plainEmail(typed)
  if (email.includes('@')) return { typed, sought: { kind: 'email', email } }
  const { shop } = await currentSettings(visit.shop)
  const read = readNumber(typed, shop.country || visit.shop.config.country)
  return 'e164' in read ? { typed, sought: { kind: 'phone', phoneE164: read.e164 } } : undefined
}

async function showPerson(
  { shop, language, sent }: Visit,
  { sought, typed }: Asked,
  shown?: Shown<never>,
): Promise<Page> {
  const [orders, shared, cases] = await Promise.all([
    listOrdersOfPerson(shop.sql, sought),
    listSharedContacts(shop.sql, sought),
    countDisputesOfPerson(shop.sql, sought),
  ])
  const props = {
    sought,
    typed,
    orders,
    shared,
    cases,
    language,
    why: whyIn(sent) ?? ('' as const),
    confirm: sent?.get('confirm') ?? '',
    errors: shown?.errors ?? {},
  }
  return { title: privacyWords(language).title, body: <PersonPage {...props} /> }
}
