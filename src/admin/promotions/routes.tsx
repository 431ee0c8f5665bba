import { Hono } from 'hono'
import type { Context } from 'hono'
import {
  addPromotion,
  findPromotion,
  listPromotableBooks,
  listPromotions,
  savePromotion,
  switchPromotion,
} from '../../data/orders/promotions.ts'
import type { PromotionAtDesk } from '../../data/orders/promotions.ts'
import { readForm } from '../../lib/form.ts'
import { lookUp } from '../../lib/look-up.ts'
import { refuseMethod } from '../../lib/methods.ts'
import type { Shop } from '../../contracts/shop.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { deskWords } from '../words.ts'
import type { DeskEnv } from '../guard.ts'
import { describe } from './describe.ts'
import { NewPromotionPage, PromotionPage, PromotionsPage } from './pages.tsx'
import { at } from './paths.ts'
import { NOTHING_TYPED, readRules, typedFrom, typedIn } from './rules.ts'
import type { RuleErrors, TypedRules } from './rules.ts'
import { promotionWords } from './words.ts'

/** Codes that lower a price: what they are, what they brought, what they gave away. */
export const promotions = new Hono<DeskEnv>()

/** Some five hundred books may be ticked. */
const MAX_FORM_BYTES = 64 * 1024
/** What the column holds. */
const MAX_VERSION = 2 ** 31 - 1

promotions.get(at.list, async (c) => {
  const { language } = c.var
  const { currency } = c.env.config
  return c.render(
    <PromotionsPage
      promotions={await listPromotions(c.env.sql, counted(c.env))}
      currency={currency}
      language={language}
      now={c.env.now()}
    />,
    { title: promotionWords(language).title },
  )
})

promotions.get(at.new, (c) => renderNew(c, NOTHING_TYPED, {}))
promotions.all(at.new, refuseMethod('GET, HEAD'))

promotions.post(at.list, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const { language, person } = c.var
  const typed = typedIn(form.fields)
  const reading = readRules(typed, c.env.config.currency, language)
  if (!reading.ok) return renderNew(c, typed, reading.errors, 422)
  const id = await addPromotion(c.env.sql, reading.rules, person.id, c.env.now())
  if (id === undefined)
    return renderNew(c, typed, { code: promotionWords(language).errors.codeTaken }, 422)
  c.env.log('promotion.added', { promotionId: id, personId: person.id })
  return c.redirect(`${at.one(id)}?fait=cree`, 303)
})
promotions.all(at.list, refuseMethod('GET, HEAD, POST'))

promotions.get(`${at.list}/:id{[1-9][0-9]{0,14}}`, async (c) => {
  const promotion = await findPromotion(c.env.sql, Number(c.req.param('id')), counted(c.env))
  if (!promotion) return c.notFound()
  const done = lookUp(promotionWords(c.var.language).done, c.req.query('fait') ?? '')
  return renderOne(c, promotion, typedFrom(promotion), { done })
})

promotions.post(`${at.list}/:id{[1-9][0-9]{0,14}}`, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const versionSeen = Number(form.fields.get('version'))
  if (!Number.isInteger(versionSeen) || versionSeen > MAX_VERSION) return renderFault(c, 400)
  const id = Number(c.req.param('id'))
  const promotion = await findPromotion(c.env.sql, id, counted(c.env))
  if (!promotion) return c.notFound()

  const { language, person } = c.var
  const words = promotionWords(language)
  const typed = typedIn(form.fields)
  // Until it is saved, the page stands on the version that was seen: the form says so again.
  const seen = { ...promotion, version: versionSeen }
  const reading = readRules(typed, c.env.config.currency, language)
  if (!reading.ok) return renderOne(c, seen, typed, { errors: reading.errors, status: 422 })
  const by = { versionSeen, personId: person.id }
  switch (await savePromotion(c.env.sql, id, reading.rules, by)) {
    case 'saved':
      c.env.log('promotion.saved', { promotionId: id, personId: person.id })
      return c.redirect(`${at.one(id)}?fait=enregistre`, 303)
    case 'code-taken':
      return renderOne(c, seen, typed, { errors: { code: words.errors.codeTaken }, status: 422 })
    case 'changed-meanwhile': {
      const saved = (await findPromotion(c.env.sql, id, counted(c.env)))!
      const rules = describe(saved, c.env.config.currency, language)
      const told = deskWords(language).changedMeanwhile(saved.changedBy ?? words.somebody)
      const warning = `${told} ${words.savedVersion(rules)}`
      return renderOne(c, saved, typed, { warning, status: 409 })
    }
  }
})
promotions.all(`${at.list}/:id{[1-9][0-9]{0,14}}`, refuseMethod('GET, HEAD, POST'))

promotions.post(`${at.list}/:id{[1-9][0-9]{0,14}}/etat`, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const wanted = form.fields.get('active')
  if (wanted !== 'on' && wanted !== 'off') return renderFault(c, 400)
  const id = Number(c.req.param('id'))
  await switchPromotion(c.env.sql, id, wanted === 'on', c.var.person.id)
  c.env.log('promotion.switched', { promotionId: id, personId: c.var.person.id, active: wanted })
  return c.redirect(`${at.one(id)}?fait=${wanted === 'on' ? 'relance' : 'arrete'}`, 303)
})
promotions.all(`${at.list}/:id{[1-9][0-9]{0,14}}/etat`, refuseMethod('POST'))

/** Which sales count: real money's in a real shop, play money's in a demonstration. */
const counted = ({ config, provider }: Shop) => ({
  simulated: provider.isPlayMoney,
  currency: config.currency,
})

async function renderNew(
  c: Context<DeskEnv>,
  typed: TypedRules,
  errors: RuleErrors,
  status: 200 | 422 = 200,
) {
  const { language } = c.var
  c.status(status)
  return c.render(
    <NewPromotionPage {...await formProps(c, typed)} action={at.list} errors={errors} />,
    { title: promotionWords(language).newTitle },
  )
}

type Told = {
  done?: string | undefined
  warning?: string
  errors?: RuleErrors
  status?: 409 | 422
}

async function renderOne(
  c: Context<DeskEnv>,
  promotion: PromotionAtDesk,
  typed: TypedRules,
  { done, warning, errors = {}, status }: Told,
) {
  c.status(status ?? 200)
  return c.render(
    <PromotionPage
      {...await formProps(c, typed)}
      promotion={promotion}
      errors={errors}
      done={done}
      warning={warning}
      now={c.env.now()}
      publicUrl={c.env.config.publicUrl}
    />,
    { title: promotionWords(c.var.language).editTitle(promotion.code) },
  )
}

/** The rule of the table is the typed one, as soon as it is sound. */
async function formProps(c: Context<DeskEnv>, typed: TypedRules) {
  const { language } = c.var
  const { currency } = c.env.config
  const harmless = { ...NOTHING_TYPED, code: 'CODE', kind: typed.kind, value: typed.value }
  const reading = readRules(harmless, currency, language)
  return {
    typed,
    currency,
    language,
    rule: reading.ok ? reading.rules : undefined,
    books: await listPromotableBooks(c.env.sql, typed.bookIds, c.env.now()),
  }
}
