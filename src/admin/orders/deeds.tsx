import { Hono } from 'hono'
import {
  addNote,
  mendContact,
  recordDeed,
  renewLink,
  restoreAccess,
  revokeAccess,
} from '../../data/orders/deeds.ts'
import { sendReceiptAgain } from '../../data/messages/outbox.ts'
import { sendOneMessage } from '../../mail/send.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { phoneCountry } from './country.ts'
import * as pages from './deed-pages.tsx'
import { asItIs, at, done } from './deed-places.ts'
import {
  asContact,
  contactOf,
  fingerprint,
  readContact,
  readNote,
  readReason,
  typedContact,
  typedReason,
} from './forms.ts'
import { copyScript } from './copy-script.ts'
import { moneyDeeds } from './money-deeds.tsx'
import { showOrder } from './show-order.tsx'
import type { OrderEnv } from './with-order.ts'
import { orderWords } from './words.ts'

/**
 * What a person does to an order. Each deed is a page that says what it does, and a post that ends
 * in one guarded statement of `data/deeds.ts` or `data/money-deeds.ts`: the page only offers, the statement decides. Whoever
 * comes second, or from a page that has grown old, is told (409) and has changed nothing; what was
 * typed stays. Those that touch money or access ask why. Refunds are the owner's.
 */
export const deeds = new Hono<OrderEnv>()

const DAY_MS = 24 * 60 * 60_000
const MOST_RECEIPTS_A_DAY = 5

deeds.route('/', moneyDeeds)

const ACCESS = [
  { deed: 'fermer', from: 'paid', move: revokeAccess, Page: pages.RevokePage, word: 'fermee' },
  {
    deed: 'rouvrir',
    from: 'revoked',
    move: restoreAccess,
    Page: pages.RestorePage,
    word: 'rouverte',
  },
] as const

for (const { deed, from, move, Page, word } of ACCESS) {
  deeds.get(at(deed), (c) => {
    const { order, language } = c.var
    if (order.status !== from) return c.redirect(paths.deskOrder(order.code), 303)
    return c.render(<Page {...{ order, language }} typed={{ reason: '' }} errors={{}} />, {
      title: orderWords(language).statuses[order.status],
    })
  })

  deeds.post(at(deed), async (c) => {
    const { order, person, fields, language } = c.var
    const words = orderWords(language)
    const typed = typedReason(fields)
    const reading = readReason(typed, words)
    if (reading.ok) {
      const moved = { orderId: order.id, personId: person.id, ...reading.value }
      if (await move(c.env.sql, moved, c.env.now())) {
        c.env.log(from === 'paid' ? 'access.revoked' : 'access.restored', { person: person.id })
        return c.redirect(done(order, word), 303)
      }
    }
    const now = await asItIs(c.env, order)
    c.status(reading.ok ? 409 : 422)
    return c.render(
      <Page
        {...{ typed, language }}
        order={now}
        errors={reading.ok ? {} : reading.errors}
        clash={reading.ok ? words.errors.moved(words.statuses[now.status]) : undefined}
      />,
      { title: words.statuses[now.status] },
    )
  })
}

deeds.get(at('lien'), (c) => {
  const { order, language } = c.var
  return c.render(
    <pages.RenewLinkPage
      {...{ order, language }}
      typed={{ version: order.linkVersion }}
      errors={{}}
    />,
    { title: orderWords(language).deeds.link },
  )
})

deeds.post(at('lien'), async (c) => {
  const { order, person, fields } = c.var
  const versionSeen = Number(fields.get('version'))
  if (!Number.isSafeInteger(versionSeen)) return renderFault(c, 400)
  // A second tap finds it changed, which is what was wanted.
  await renewLink(c.env.sql, { orderId: order.id, personId: person.id, versionSeen }, c.env.now())
  return c.redirect(done(order, 'lien'), 303)
})

deeds.get(at('contact'), async (c) => {
  const { order, language } = c.var
  if (order.isErased) return c.redirect(paths.deskOrder(order.code), 303)
  const typed = {
    name: order.buyerName,
    phone: order.phoneTyped,
    country: phoneCountry(order.phoneE164),
    email: order.email ?? '',
    seen: await fingerprint(contactOf(order)),
  }
  return c.render(<pages.ContactPage {...{ order, typed, language }} errors={{}} />, {
    title: orderWords(language).deeds.contact,
  })
})

deeds.post(at('contact'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const typed = typedContact(fields)
  const reading = await readContact(typed, language)
  const seen = contactOf(order)
  if (reading.ok && fields.get('seen') === (await fingerprint(seen))) {
    const mended = asContact(reading.buyer)
    const deed = { orderId: order.id, personId: person.id, seen, mended }
    if (await mendContact(c.env.sql, deed, c.env.now()))
      return c.redirect(done(order, 'contact'), 303)
  }
  const now = await asItIs(c.env, order)
  const { contactChanged, nowIs } = words.errors
  const current = nowIs(now.buyerName, now.phoneTyped, now.email ?? words.order.noEmail)
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.ContactPage
      order={now}
      // Told of the other's version, the person may now save over it.
      typed={{
        ...typed,
        seen: reading.ok ? await fingerprint(contactOf(now)) : (fields.get('seen') ?? ''),
      }}
      errors={reading.ok ? {} : reading.errors}
      clash={reading.ok ? `${contactChanged} ${current}` : undefined}
      language={language}
    />,
    { title: words.deeds.contact },
  )
})

deeds.post(at('note'), async (c) => {
  const { order, person, fields, language } = c.var
  const typed = fields.get('note') ?? ''
  const reading = readNote(typed, orderWords(language))
  if (!reading.ok) {
    const note = { typed, error: reading.errors['note'] }
    c.status(422)
    return c.render(await showOrder(c.env, { order, person, language, note }), {
      title: orderWords(language).order.note,
      scripts: [copyScript],
    })
  }
  const note = { orderId: order.id, personId: person.id, text: reading.value.note }
  await addNote(c.env.sql, note, c.env.now())
  return c.redirect(done(order, 'note'), 303)
})

deeds.post(at('envoye'), async (c) => {
  const { order, person, fields } = c.var
  const channel = fields.get('channel')
  if (channel !== 'email' && channel !== 'whatsapp') return renderFault(c, 400)
  const deed = {
    orderId: order.id,
    personId: person.id,
    kind: 'message.prepared',
    channel,
  } as const
  await recordDeed(c.env.sql, deed, c.env.now())
  return c.redirect(done(order, 'envoye'), 303)
})

deeds.post(at('renvoyer'), async (c) => {
  const { order, person } = c.var
  const now = c.env.now()
  const since = new Date(now.getTime() - DAY_MS)
  const deed = { orderId: order.id, personId: person.id, most: MOST_RECEIPTS_A_DAY, since }
  const isAsked = await sendReceiptAgain(c.env.sql, deed, c.env.provider.isPlayMoney, now)
  if (isAsked) c.env.background(sendOneMessage(c.env))
  return c.redirect(done(order, isAsked ? 'renvoye' : 'assez'), 303)
})
