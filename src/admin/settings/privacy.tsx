import { Hono } from 'hono'
import type { Context } from 'hono'
import { countCasesOfPerson, exportCases } from '../../data/people/dispute-privacy.ts'
import { erasePerson, listErasures } from '../../data/people/erasure.ts'
import { PERSONAL_FIELDS } from '../../payment/kept.ts'
import type { ErasureReason } from '../../data/people/erasure.ts'
import { exportPerson, listOrdersOfPerson, listSharedContacts } from '../../data/people/privacy.ts'
import type { Sought } from '../../data/people/privacy.ts'
import { readForm } from '../../lib/form.ts'
import { e164 } from '../../lib/phone.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { heedErasures } from '../../backup/erasures.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { PersonPage, PrivacyPage } from './privacy-pages.tsx'
import type { PersonPageProps, PrivacyPageProps } from './privacy-pages.tsx'
import { privacyWords } from './privacy-words.ts'

/**
 * What is known of a buyer: shown, given away as a file, erased. Everything here is a post, so that
 * no number and no address stands in a page's own address, in a history or in a host's log. Behind
 * the settings' own guard: the owner's.
 */
export const privacy = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 8 * 1024
const REASONS = ['asked', 'mistake', 'authority'] as const

privacy.get(paths.personalData, (c) => {
  const erased = /^\d{1,6}$/.exec(c.req.query('efface') ?? '')?.[0]
  return showSearch(c, {
    sought: '',
    erased: erased === undefined ? undefined : Number(erased),
    withoutOrder: c.req.query('sans-commande') !== undefined,
  })
})

privacy.post(paths.personalData, async (c) => {
  const asked = await readAsked(c)
  if (asked instanceof Response) return asked
  const { sought, typed } = asked
  if (!sought)
    return showSearch(c, { sought: typed, error: privacyWords(c.var.language).soughtError }, 422)
  return showPerson(c, sought, typed)
})

privacy.post(`${paths.personalData}/copie`, async (c) => {
  const asked = await readAsked(c)
  if (asked instanceof Response) return asked
  if (!asked.sought) return renderFault(c, 400)
  const [orders, cases] = await Promise.all([
    exportPerson(c.env.sql, asked.sought),
    exportCases(c.env.sql, asked.sought),
  ])
  const at = c.env.now().toISOString()
  c.env.log('person.exported', { orders: orders.length, personId: c.var.person.id })
  const { publicUrl: shop } = c.env.config
  return c.body(JSON.stringify({ shop, exportedAt: at, orders, cases }, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="personne-${at.slice(0, 10)}.json"`,
  })
})

privacy.post(`${paths.personalData}/effacer`, async (c) => {
  const asked = await readAsked(c)
  if (asked instanceof Response) return asked
  const { sought, typed, fields } = asked
  if (!sought) return renderFault(c, 400)

  const words = privacyWords(c.var.language)
  const why = REASONS.find((reason) => reason === fields.get('why'))
  const confirm = fields.get('confirm') ?? ''
  const isConfirmed = confirm.trim().toUpperCase() === words.confirmWord
  if (!why || !isConfirmed)
    return showPerson(c, sought, typed, {
      why: why ?? '',
      confirm,
      errors: {
        ...(!why && { why: words.errors.why }),
        ...(!isConfirmed && { confirm: words.errors.confirm }),
      },
    })

  const personId = c.var.person.id
  const how = { personId, why, personalFields: PERSONAL_FIELDS }
  const { orders, cases } = await erasePerson(c.env.sql, sought, how, c.env.now())
  c.env.log('person.erased', { orders, cases, personId })
  c.env.background(heedErasures(c.env))
  const alone = orders === 0 && cases > 0 ? '&sans-commande' : ''
  return c.redirect(`${paths.personalData}?efface=${orders}${alone}`, 303)
})

type Asked = { sought: Sought | undefined; typed: string; fields: ReadonlyMap<string, string> }

/** Who is meant: an e-mail has an @, everything else is a number, of the shop's country without +. */
async function readAsked(c: Context<DeskEnv>): Promise<Asked | Response> {
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (sent.kind !== 'read') return renderFault(c, sent.kind === 'too-large' ? 413 : 400)
  const typed = (sent.fields.get('sought') ?? '').trim().slice(0, 254)
  const { shop } = await currentSettings(c.env)
  const phoneE164 = e164(typed, shop.country || c.env.config.country)
  const sought: Sought | undefined = typed.includes('@')
    ? { kind: 'email', email: typed }
    : phoneE164
      ? { kind: 'phone', phoneE164 }
      : undefined
  return { sought, typed, fields: sent.fields }
}

type Searched = Pick<PrivacyPageProps, 'sought' | 'error' | 'erased' | 'withoutOrder'>

async function showSearch(c: Context<DeskEnv>, searched: Searched, status: 200 | 422 = 200) {
  const { language } = c.var
  const erasures = await listErasures(c.env.sql)
  c.status(status)
  return c.render(<PrivacyPage {...searched} erasures={erasures} language={language} />, {
    title: privacyWords(language).title,
  })
}

type Refused = { why: ErasureReason | ''; confirm: string; errors: PersonPageProps['errors'] }

async function showPerson(c: Context<DeskEnv>, sought: Sought, typed: string, refused?: Refused) {
  const { language } = c.var
  const [orders, shared, cases] = await Promise.all([
    listOrdersOfPerson(c.env.sql, sought),
    listSharedContacts(c.env.sql, sought),
    countCasesOfPerson(c.env.sql, sought),
  ])
  if (refused) c.status(422)
  return c.render(
    <PersonPage
      sought={sought}
      typed={typed}
      orders={orders}
      shared={shared}
      cases={cases}
      why={refused?.why ?? ''}
      confirm={refused?.confirm ?? ''}
      errors={refused?.errors ?? {}}
      language={language}
    />,
    { title: privacyWords(language).title },
  )
}
