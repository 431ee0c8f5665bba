import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { countCameBack, listToRemind, noteReminder } from '../../data/orders/reminders.ts'
import { readSettings } from '../../data/settings.ts'
import type { Shop } from '../../contracts/shop.ts'
import { spellCode } from '../../lib/crockford.ts'
import { DAY_MS } from '../../lib/time.ts'
import { absolute, paths, whatsappAddress } from '../../links/addresses.ts'
import { orderKey } from '../../links/keys.ts'
import { fillIn, messageText } from '../../words/messages.ts'
import { choiceOf } from '../customers/deeds.tsx'
import { defineDeed } from '../deeds/deed.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { helperDeed } from '../orders/subject.tsx'
import { settingsWords } from '../settings/words.ts'
import { RemindersPage } from './page.tsx'
import { reminderWords } from './words.ts'

const CAME_BACK_WITHIN_MS = 30 * DAY_MS
const SAMPLE_CODE = '7K3M94FT'

/**
 * Orders to remind somebody of, and what came of reminders. `shown` is an order that no longer
 * needed one.
 */
export async function showReminders(
  { shop, person, language, now, query, sent }: Visit,
  shown?: Shown<never>,
): Promise<Page> {
  const { sql, config } = shop
  const choice = await choiceOf(shop)
  const place = sent ? '' : (query('avant') ?? '')
  const olderThan = /^[1-9]\d{0,14}$/.test(place) ? Number(place) : undefined
  const [orders, came, { texts }] = await Promise.all([
    listToRemind(sql, { ...choice, olderThan }, now),
    countCameBack(sql, new Date(now.getTime() - CAME_BACK_WITHIN_MS), choice),
    readSettings(sql),
  ])
  const example = fillIn(messageText(texts, 'reminder', language), {
    ...settingsWords(language).sample,
    code: spellCode(SAMPLE_CODE),
    lien: `${absolute(config, paths.order(SAMPLE_CODE))}.…`,
  })
  const props = {
    orders,
    came,
    example,
    isOwner: person.role === 'owner',
    isFurther: olderThan !== undefined,
    isSaved: !sent && query('fait') !== undefined,
    clash: shown?.clash,
    language,
  }
  return { title: reminderWords(language).title, body: <RemindersPage {...props} /> }
}

/** A WhatsApp link to the buyer's number, with the seller's words in the buyer's language. */
async function addressFor({ sql, config }: Shop, order: DeskOrder): Promise<string> {
  const [key, { texts }] = await Promise.all([orderKey(config.appSecret, order), readSettings(sql)])
  const text = fillIn(messageText(texts, 'reminder', order.language), {
    nom: order.buyerName,
    livre: order.bookTitle,
    code: spellCode(order.code),
    lien: absolute(config, paths.order(key)),
  })
  return whatsappAddress(order.phoneE164, text)
}

const remind = defineDeed({
  ...helperDeed('relancer'),
  within: (visit, _, shown) => showReminders(visit, shown),
  act: async ({ shop, person, now }, order) => {
    const reminder = { ...(await choiceOf(shop)), orderId: order.id, personId: person.id }
    if (!(await noteReminder(shop.sql, reminder, now))) return undefined
    shop.log('buyer.reminded', { personId: person.id })
    return addressFor(shop, order)
  },
  moved: ({ language }) => reminderWords(language).moved,
})

export const reminderDeeds = [remind]
