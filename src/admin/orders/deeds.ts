import { DAY_MS } from '../../lib/time.ts'
import * as v from 'valibot'
import {
  addNote,
  mendContact,
  recordDeed,
  renewLink,
  restoreAccess,
  revokeAccess,
} from '../../data/orders/deeds.ts'
import { sendReceiptAgain } from '../../data/messages/outbox.ts'
import { quietKey } from '../../links/quiet.ts'
import { sendOneMessage } from '../../mail/send.ts'
import { defineDeed } from '../deeds/deed.ts'
import { asTyped, hidden, wholeNumber } from '../deeds/fields.tsx'
import { deskWords } from '../words.ts'
import { asContact, contactOf, fingerprint, phoneCountry, readContact } from './contact.ts'
import { contactFields, noteField, reasonField } from './fields.tsx'
import { moneyDeeds } from './money-deeds.ts'
import { sale } from './sale.tsx'
import { showOrder } from './show-order.tsx'
import { aboutOrder, done, helperDeed, orderMoved } from './subject.tsx'
import { orderWords } from './words.ts'

/**
 * What a person does to an order. Each deed ends in one guarded statement of `data/orders/deeds.ts`
 * or `money-deeds.ts`: the page only offers it, the statement decides. Whoever comes second, or
 * from an outdated page, is told so (409) and has changed nothing. Deeds that touch money or access
 * ask for a reason. Refunds are for the owner only.
 */

const MOST_RECEIPTS_A_DAY = 5

const revoke = defineDeed({
  ...helperDeed('fermer'),
  isOffered: (_, { status }) => status === 'paid',
  fields: ({ language }) => ({ reason: reasonField(orderWords(language)) }),
  says: ({ language }, order) => {
    const { deeds: words } = orderWords(language)
    const { revoke, revokeText } = words
    const about = aboutOrder(order, language)
    return { ...about, title: revoke, texts: [revokeText], button: revoke, isDanger: true }
  },
  act: async ({ shop, person, now }, order, { reason }) => {
    const deed = { orderId: order.id, personId: person.id, reason }
    if (!(await revokeAccess(shop.sql, deed, now))) return undefined
    shop.log('access.revoked', { person: person.id })
    return done(order, 'fermee')
  },
  moved: orderMoved,
})

const restore = defineDeed({
  ...helperDeed('rouvrir'),
  isOffered: (_, { status }) => status === 'revoked',
  fields: ({ language }) => ({ reason: reasonField(orderWords(language)) }),
  says: ({ language }, order) => {
    const { restore, restoreText } = orderWords(language).deeds
    const about = aboutOrder(order, language)
    return { ...about, title: restore, texts: [restoreText], button: restore }
  },
  act: async ({ shop, person, now }, order, { reason }) => {
    const deed = { orderId: order.id, personId: person.id, reason }
    if (!(await restoreAccess(shop.sql, deed, now))) return undefined
    shop.log('access.restored', { person: person.id })
    return done(order, 'rouverte')
  },
  moved: orderMoved,
})

const changeLink = defineDeed({
  ...helperDeed('lien'),
  fields: () => ({ version: hidden(wholeNumber) }),
  typed: (_, order) => ({ version: String(order.linkVersion) }),
  says: ({ language }, order) => {
    const { link, linkText, linkDone } = orderWords(language).deeds
    const about = aboutOrder(order, language)
    return { ...about, title: link, texts: [linkText], button: linkDone, isDanger: true }
  },
  act: async ({ shop, person, now }, order, { version: versionSeen }) => {
    // A second tap finds the link changed already, which is what was wanted.
    await renewLink(shop.sql, { orderId: order.id, personId: person.id, versionSeen }, now)
    return done(order, 'lien')
  },
})

const contact = defineDeed({
  ...helperDeed('contact'),
  isOffered: (_, order) => !order.isErased,
  fields: ({ language }) => ({ seen: hidden(asTyped), ...contactFields(language) }),
  typed: async (_, order) => ({
    seen: await fingerprint(contactOf(order)),
    name: order.buyerName,
    country: phoneCountry(order.phoneE164),
    phone: order.phoneTyped,
    email: order.email ?? '',
  }),
  says: ({ language }, order) => ({
    ...aboutOrder(order, language),
    title: orderWords(language).deeds.contact,
    button: deskWords(language).save,
  }),
  act: async ({ shop, person, now, language }, order, { seen: seenThen, ...typed }) => {
    const reading = await readContact(typed, language)
    if (!reading.ok) return { errors: reading.errors }
    const seen = contactOf(order)
    if (seenThen !== (await fingerprint(seen))) return undefined
    const mended = asContact(reading.buyer)
    const quiet = await quietKey(shop.config.appSecret)
    const deed = { orderId: order.id, personId: person.id, seen, mended, quietKey: quiet }
    return (await mendContact(shop.sql, deed, now)) ? done(order, 'contact') : undefined
  },
  // Shown the other person's version, this person may now save over it.
  moved: ({ language }, { buyerName, phoneTyped, email }) => {
    const { errors, order } = orderWords(language)
    return `${errors.contactChanged} ${errors.nowIs(buyerName, phoneTyped, email ?? order.noEmail)}`
  },
})

const note = defineDeed({
  ...helperDeed('note'),
  fields: ({ language }) => ({ note: noteField(orderWords(language)) }),
  within: showOrder,
  act: async ({ shop, person, now }, order, { note }) => {
    await addNote(shop.sql, { orderId: order.id, personId: person.id, text: note }, now)
    return done(order, 'note')
  },
})

const messageSent = defineDeed({
  ...helperDeed('envoye'),
  fields: () => ({ channel: hidden(v.picklist(['email', 'whatsapp'])) }),
  act: async ({ shop, person, now }, order, { channel }) => {
    const kind = 'message.prepared'
    await recordDeed(shop.sql, { orderId: order.id, personId: person.id, kind, channel }, now)
    return done(order, 'envoye')
  },
})

const sendAgain = defineDeed({
  ...helperDeed('renvoyer'),
  act: async ({ shop, person, now }, order) => {
    const since = new Date(now.getTime() - DAY_MS)
    const deed = { orderId: order.id, personId: person.id, most: MOST_RECEIPTS_A_DAY, since }
    const isAsked = await sendReceiptAgain(shop.sql, deed, shop.provider.isPlayMoney, now)
    if (isAsked) shop.background(sendOneMessage(shop))
    return done(order, isAsked ? 'renvoye' : 'assez')
  },
})

export const orderDeeds = [
  sale,
  ...moneyDeeds,
  revoke,
  restore,
  changeLink,
  contact,
  note,
  messageSent,
  sendAgain,
]
