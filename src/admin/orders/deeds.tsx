import { Hono } from 'hono'
import { newTransactionId } from '../../checkout/buy.ts'
import {
  addNote,
  closePayment,
  mendContact,
  payByHand,
  recordDeed,
  refundPayment,
  renewLink,
  restoreAccess,
  revokeAccess,
} from '../../data/deeds.ts'
import { findDeskOrder, listPaymentsOf } from '../../data/desk-order.ts'
import type { DeskOrder, DeskPayment } from '../../data/desk-order.ts'
import { sendReceiptAgain } from '../../data/outbox.ts'
import { sendOneMessage } from '../../mail/send.ts'
import type { Shop } from '../../shop.ts'
import { paths } from '../../urls.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import { phoneCountry } from './country.ts'
import * as pages from './deed-pages.tsx'
import {
  asContact,
  contactOf,
  fingerprint,
  readContact,
  readHand,
  readNote,
  readReason,
  readRefund,
  typedContact,
  typedHand,
  typedReason,
  typedRefund,
} from './forms.ts'
import { copyScript } from './copy-script.ts'
import { isClosable, isRefundable, possibleDeeds } from './possible.ts'
import { recheck } from './recheck.ts'
import { showOrder } from './show-order.tsx'
import type { OrderEnv } from './with-order.ts'
import { orderWords } from './words.ts'

/**
 * What a person does to an order. Each deed is a page that says what it does, and a post that ends
 * in one guarded statement of `data/deeds.ts`: the page only offers, the statement decides. Whoever
 * comes second, or from a page that has grown old, is told (409) and has changed nothing; what was
 * typed stays. Those that touch money or access ask why. Refunds are the owner's.
 */
export const deeds = new Hono<OrderEnv>()

const DAY_MS = 24 * 60 * 60_000
const MOST_RECEIPTS_A_DAY = 5

const at = (deed: string) => paths.deskDeed(':code', deed)
const done = (order: DeskOrder, word: string) => `${paths.deskOrder(order.code)}?fait=${word}`

deeds.post(at('verifier'), async (c) => {
  const { order, person } = c.var
  const found = await recheck(c.env, { orderId: order.id, personId: person.id })
  const words = { asked: 'verifie', 'too-soon': 'patience', unclear: 'muet' }
  return c.redirect(done(order, words[found]), 303)
})

deeds.use(at('rembourser'), ownerOnly)

deeds.get(at('rembourser'), async (c) => {
  const { order, language } = c.var
  const payment = await findPayment(c.env, order, c.req.query('paiement'))
  if (!payment || !isRefundable(payment)) return c.redirect(paths.deskOrder(order.code), 303)
  const typed = { amount: String(payment.amount), reason: '', reference: '' }
  return c.render(<pages.RefundPage {...{ order, payment, typed, language }} errors={{}} />, {
    title: orderWords(language).deeds.refund,
  })
})

deeds.post(at('rembourser'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const payment = await findPayment(c.env, order, fields.get('payment'))
  if (!payment) return renderFault(c, 400)
  const typed = typedRefund(fields)
  const reading = readRefund(typed, payment, words)
  if (reading.ok && isRefundable(payment)) {
    const refund = {
      orderId: order.id,
      personId: person.id,
      paymentId: payment.id,
      ...reading.value,
    }
    const moved = await refundPayment(c.env.sql, refund, c.env.now())
    if (moved) {
      c.env.log('payment.refunded', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'remboursee'), 303)
    }
  }
  const props = { payment, typed, language, errors: reading.ok ? {} : reading.errors }
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.RefundPage
      {...props}
      order={await asItIs(c.env, order)}
      clash={reading.ok ? words.errors.paymentMoved : undefined}
    />,
    { title: words.deeds.refund },
  )
})

deeds.get(at('classer'), async (c) => {
  const { order, language } = c.var
  const payment = await findPayment(c.env, order, c.req.query('paiement'))
  if (!payment || !isClosable(payment)) return c.redirect(paths.deskOrder(order.code), 303)
  return c.render(
    <pages.ClosePage {...{ order, payment, language }} typed={{ reason: '' }} errors={{}} />,
    { title: orderWords(language).payment.close },
  )
})

deeds.post(at('classer'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const payment = await findPayment(c.env, order, fields.get('payment'))
  if (!payment) return renderFault(c, 400)
  const typed = typedReason(fields)
  const reading = readReason(typed, words)
  if (reading.ok) {
    const deed = { orderId: order.id, personId: person.id, paymentId: payment.id, ...reading.value }
    if (await closePayment(c.env.sql, deed, c.env.now())) {
      c.env.log('payment.closed', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'classee'), 303)
    }
  }
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.ClosePage
      {...{ payment, typed, language }}
      order={await asItIs(c.env, order)}
      errors={reading.ok ? {} : reading.errors}
      clash={reading.ok ? words.errors.paymentMoved : undefined}
    />,
    { title: words.payment.close },
  )
})

deeds.get(at('payee'), async (c) => {
  const { order, language } = c.var
  const who = { isOwner: false, hasMail: false, isDemonstration: c.env.provider.isPlayMoney }
  if (!possibleDeeds(order, [], who).pay) return c.redirect(paths.deskOrder(order.code), 303)
  const typed = { how: 'cash', reference: '', reason: '' }
  return c.render(<pages.PayByHandPage {...{ order, typed, language }} errors={{}} />, {
    title: orderWords(language).deeds.pay,
  })
})

deeds.post(at('payee'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const typed = typedHand(fields)
  const reading = readHand(typed, words)
  if (reading.ok) {
    const payment = { ...reading.value, transactionId: newTransactionId() }
    const isDemonstration = c.env.provider.isPlayMoney
    const paid = { orderId: order.id, personId: person.id, payment, isDemonstration }
    if (await payByHand(c.env.sql, paid, c.env.now())) {
      c.env.log('order.paid', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'payee'), 303)
    }
  }
  const now = await asItIs(c.env, order)
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.PayByHandPage
      {...{ typed, language }}
      order={now}
      errors={reading.ok ? {} : reading.errors}
      clash={reading.ok ? words.errors.moved(words.statuses[now.status]) : undefined}
    />,
    { title: words.deeds.pay },
  )
})

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
  const reading = readContact(typed, language)
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
  const isAsked = await sendReceiptAgain(c.env.sql, deed, now)
  if (isAsked) c.env.background(sendOneMessage(c.env))
  return c.redirect(done(order, isAsked ? 'renvoye' : 'assez'), 303)
})

/** The payment of that number; without a number, the one that the access rests on. */
async function findPayment(
  shop: Shop,
  order: DeskOrder,
  attempt: string | undefined,
): Promise<DeskPayment | undefined> {
  const payments = await listPaymentsOf(shop.sql, order.id)
  return payments.find((payment) =>
    attempt === undefined
      ? payment.id === order.grantedPaymentId
      : String(payment.attempt) === attempt,
  )
}

/** The order after a deed that did nothing: somebody may have moved it. */
const asItIs = async (shop: Shop, order: DeskOrder) =>
  (await findDeskOrder(shop.sql, order.code)) ?? order
