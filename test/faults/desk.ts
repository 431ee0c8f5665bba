import type { Shop } from '../../src/contracts/shop.ts'
import { orderKey } from '../../src/links/keys.ts'
import { signIn } from '../support/desk.ts'
import type { Chance } from './chance.ts'
import { form } from '../support/form.ts'
import type { World } from './world.ts'

const REASON = { reason: 'Vu avec la personne' }
const HAND = { ...REASON, how: 'cash', reference: '' }
const REFUND = { ...REASON, amount: '5000', reference: '' }

type Fields = Record<string, string>
type Deed = readonly [string, (luck: Chance) => Fields]

/** What the seller does to an order; most of the time something that its state allows. */
const REFUND_ONE: Deed = [
  'rembourser',
  (luck) => ({ ...REFUND, payment: String(1 + luck.below(3)) }),
]
const CLOSE: Deed = ['classer', (luck) => ({ ...REASON, payment: String(1 + luck.below(2)) })]
const PAY: Deed = ['payee', () => HAND]
const END: Deed = ['fermer', () => REASON]
const OPEN: Deed = ['rouvrir', () => REASON]
const CHECK: Deed = ['verifier', () => ({})]
const RENEW: Deed = ['lien', (luck) => ({ version: String(1 + luck.below(2)) })]
const ALL = [['rembourser', () => REFUND] as const, REFUND_ONE, CLOSE, PAY, END, OPEN, CHECK, RENEW]
const APT: Record<string, readonly Deed[]> = {
  paid: [['rembourser', () => REFUND], REFUND_ONE, END, RENEW],
  revoked: [OPEN, OPEN, REFUND_ONE],
  review: [CLOSE, PAY, REFUND_ONE],
}

/**
 * Moussa at his desk does one thing or some to an order, sometimes with a double tap, and sometimes
 * the process is killed under it. Tells the page of the order, whose key he may have changed.
 */
export async function actAtDesk(
  world: World,
  luck: Chance,
  orderPage: string,
  { mortal, look }: { mortal: () => Shop; look: () => Promise<void> },
): Promise<string> {
  const code = /^\/commande\/([^.]+)/.exec(orderPage)![1]!
  const { headers } = await signIn(world)
  let order = await findOrder(world, code)
  for (let deeds = 1 + luck.below(3); deeds > 0; deeds--) {
    const apt = luck.happens(0.7) ? APT[order.status] : undefined
    const [deed, fields] = luck.pick(apt ?? ALL)
    const request = form(fields(luck), headers)
    for (let taps = luck.happens(0.2) ? 2 : 1; taps > 0; taps--) {
      const answer = await world.request(`/admin/commandes/${code}/${deed}`, request, mortal())
      world.count(`desk ${deed}: ${answer.status}`)
    }
    order = await findOrder(world, code)
    await look()
  }
  return `/commande/${await orderKey(world.shop.config.appSecret, order)}`
}

async function findOrder({ sql }: World, code: string) {
  const [order] = await sql<{ code: string; status: string; linkVersion: number }[]>`
    select code, status, link_version from orders where code = ${code}`
  return order!
}
