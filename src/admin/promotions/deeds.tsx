import * as v from 'valibot'
import {
  addPromotion,
  findPromotion,
  listPromotableBooks,
  savePromotion,
  switchPromotion,
} from '../../data/orders/promotions.ts'
import type { PromotionAtDesk } from '../../data/orders/promotions.ts'
import { lookUp } from '../../lib/look-up.ts'
import type { Shop } from '../../contracts/shop.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { Shown, Visit } from '../deeds/deed.ts'
import { hidden, wholeNumber } from '../deeds/fields.tsx'
import { deskWords } from '../words.ts'
import { describe } from './describe.ts'
import { NewPromotionPage, PromotionPage } from './pages.tsx'
import { paths } from '../../links/addresses.ts'
import { NOTHING_TYPED, readRules, ruleFields, tickedBooks, typedFrom } from './rules.ts'
import { promotionWords } from './words.ts'

/** Room for some five hundred ticked books. */
const MAX_FORM_BYTES = 64 * 1024

/** Which sales count: real ones in a real shop, play money in a demonstration. */
export const counted = ({ config, provider }: Shop) => ({
  simulated: provider.isPlayMoney,
  currency: config.currency,
})

const rulesOf = ({ shop, language, sent }: Visit) =>
  ruleFields(shop.config.currency, language, sent?.get('kind'))

/** What the form shows besides its fields. */
async function formProps({ shop, language, now }: Visit, shown: Shown<never>, ticked: number[]) {
  const { typed, errors, sent } = shown
  const bookIds = sent ? tickedBooks(sent) : ticked
  const books = await listPromotableBooks(shop.sql, bookIds, now)
  return { typed, errors, bookIds, books, currency: shop.config.currency, language }
}

const add = defineDeed({
  path: paths.promotions,
  pageAt: paths.newPromotion,
  by: 'helper',
  maxBytes: MAX_FORM_BYTES,
  fields: rulesOf,
  typed: () => NOTHING_TYPED,
  page: async (visit, _, shown: Shown<never>) => ({
    title: promotionWords(visit.language).newTitle,
    body: <NewPromotionPage {...await formProps(visit, shown, [])} action={paths.promotions} />,
  }),
  act: async ({ shop, person, now, language, sent }, _, value) => {
    const rules = readRules(value, sent, language)
    if ('errors' in rules) return rules
    const id = await addPromotion(shop.sql, rules, person.id, now)
    if (id === undefined) return { errors: { code: promotionWords(language).errors.codeTaken } }
    shop.log('promotion.added', { promotionId: id, personId: person.id })
    return `${paths.promotion(id)}?fait=cree`
  },
})

const save = defineDeed({
  path: paths.promotion.pattern,
  by: 'helper',
  maxBytes: MAX_FORM_BYTES,
  on: ({ shop, place }) => findPromotion(shop.sql, Number(place('id')), counted(shop)),
  fields: (visit) => ({ version: hidden(wholeNumber), ...rulesOf(visit) }),
  typed: (_, promotion) => ({ version: String(promotion.version), ...typedFrom(promotion) }),
  page: showPromotion,
  act: async ({ shop, person, language, sent }, { id }, { version: versionSeen, ...value }) => {
    const rules = readRules(value, sent, language)
    if ('errors' in rules) return rules
    switch (await savePromotion(shop.sql, id, rules, { versionSeen, personId: person.id })) {
      case 'saved':
        shop.log('promotion.saved', { promotionId: id, personId: person.id })
        return `${paths.promotion(id)}?fait=enregistre`
      case 'code-taken':
        return { errors: { code: promotionWords(language).errors.codeTaken } }
      case 'changed-meanwhile':
        return undefined
    }
  },
  moved: ({ shop, language }, saved) => {
    const words = promotionWords(language)
    const told = deskWords(language).changedMeanwhile(saved.changedBy ?? words.somebody)
    return `${told} ${words.savedVersion(describe(saved, shop.config.currency, language))}`
  },
})

async function showPromotion(visit: Visit, promotion: PromotionAtDesk, shown: Shown<never>) {
  const words = promotionWords(visit.language)
  const done = shown.sent ? undefined : lookUp(words.done, visit.query('fait') ?? '')
  return {
    title: words.editTitle(promotion.code),
    body: (
      <PromotionPage
        {...await formProps(visit, shown, promotion.bookIds)}
        promotion={promotion}
        done={done}
        warning={shown.clash}
        now={visit.now}
        publicUrl={visit.shop.config.publicUrl}
      />
    ),
  }
}

const change = defineDeed({
  path: paths.promotionState.pattern,
  by: 'helper',
  fields: () => ({ active: hidden(v.picklist(['on', 'off'])) }),
  act: async ({ shop, person, place }, _, { active }) => {
    const id = Number(place('id'))
    await switchPromotion(shop.sql, id, active === 'on', person.id)
    shop.log('promotion.switched', { promotionId: id, personId: person.id, active })
    return `${paths.promotion(id)}?fait=${active === 'on' ? 'relance' : 'arrete'}`
  },
})

export const promotionDeeds = [add, save, change]
