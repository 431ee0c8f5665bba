import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { FAULTS } from '../../../packages/cinetpay-simulator/faults.ts'
import { formIn } from '../../support/form-in.ts'
import type { Chance } from '../chance.ts'
import { openBrowser } from './browser.ts'
import type { Seen } from './browser.ts'
import type { Provider } from './provider.ts'
import type { Tally } from './tally.ts'

/** What every buyer shares. */
export type Street = {
  luck: Chance
  tally: Tally
  broken: string[]
  shopUrl: string
  provider: Provider
  /** Of the book's file. */
  sha256: string
  /** Draws one of the simulator's faults of a payment. */
  nextFault: () => string
  /** The codes of the orders whose bytes were received. */
  received: Set<string>
}

export const PAYMENT_FAULTS = FAULTS.map(({ id }) => id)
/** How often somebody tries what does not work, before giving up. */
const TRIES = 40
const ROUNDS = 4
const LOOKS = 5
const DEEDS = ['accept', 'accept', 'accept', 'accept', 'balance', 'code', 'fail', 'cancel', 'wait', 'later'] // prettier-ignore

/** One purchase, from the book's page to its bytes, or to where its buyer gives up. */
export async function live(name: string, street: Street): Promise<void> {
  const { luck, tally, broken, provider } = street
  const browser = openBrowser(street.shopUrl)
  const hand: { payPage?: string; orderPage?: string } = {}

  /** Does it again until something is answered, as people do. */
  async function insist(deed: () => Promise<Seen | undefined>): Promise<Seen | undefined> {
    for (let turn = 0; turn < TRIES && broken.length === 0; turn++) {
      const seen = await deed()
      if (seen) return seen
      tally.count('buyer: no answer, tries again')
      await pause(200 + luck.below(800))
    }
    tally.count('buyer: gives up')
    return undefined
  }

  function follow({ status, location }: Seen, deed: string) {
    if (location.startsWith(`${provider.url}/`)) hand.payPage = location
    else if (location.startsWith('/commande/')) hand.orderPage = location
    else broken.push(`${name}: ${deed} was answered ${status}, and led to "${location}"`)
  }

  /** Sends the same form until it leads somewhere; sometimes with two taps at once. */
  async function buy(): Promise<boolean> {
    const page = await insist(() => browser.get('/livres/livre'))
    if (!page) return false
    const form = formIn(page.text, /\/acheter$/)
    const buyer = { name, phone: '76123456', country: 'ML', email: luck.happens(0.6) ? emailOf(name) : '' } // prettier-ignore
    const send = () => browser.post(form.action, { ...form.fields, ...buyer })
    const isDouble = luck.happens(0.3)
    if (isDouble) tally.count('buyer: taps twice')
    const answer = await insist(async () => {
      if (!isDouble) return send()
      const [one, two] = await Promise.all([send(), send()])
      if (one && two) follow(two, 'a second tap')
      return one ?? two
    })
    if (!answer) return false
    follow(answer, 'the form')
    if (!luck.happens(0.1)) return true
    // Went back, and pressed the button once more.
    tally.count('buyer: sends the form again')
    const again = await insist(send)
    if (again) follow(again, 'the form, sent again')
    return true
  }

  /** At CinetPay: the way back that its page offers, if any. */
  async function pay(payPage: string): Promise<void> {
    const deed = luck.pick(DEEDS)
    const fault = luck.happens(0.4) ? street.nextFault() : ''
    const operator = luck.pick(['OM', 'MOMO'])
    tally.count(`at CinetPay: ${deed}`)
    if (fault) tally.count(`payment: ${fault}`)
    const answer = await provider.visit(payPage, { deed, operator, phone: '', fault })
    await comeBack(answer.headers.get('location') ?? '', await answer.text())
  }

  async function comeBack(location: string, page: string) {
    if (luck.happens(0.2)) return tally.count('buyer: does not come back')
    if (location) {
      const { pathname, search } = new URL(location)
      tally.count('buyer: comes back by GET')
      return returned(await browser.get(pathname + search))
    }
    const form = /id="return" method="post" action="([^"]*)"/.exec(page)?.[1]
    if (!form) return
    const { pathname, search } = new URL(form.replaceAll('&amp;', '&'))
    // Sometimes with the transaction of somebody else, which must open nothing.
    const others = luck.happens(0.1) ? [...provider.transactions.keys()].slice(-1) : []
    if (others[0]) tally.count('buyer: comes back with another’s transaction')
    const fields = {
      ...formIn(page, /return/).fields,
      ...(others[0] && { transaction_id: others[0] }),
    }
    returned(await browser.post(pathname + search, fields))
  }

  function returned(seen: Seen | undefined) {
    if (seen) follow(seen, 'the return')
  }

  /** Looks at the order's page until it says something that lasts. */
  async function watch(): Promise<Seen | undefined> {
    let page: Seen | undefined
    for (let look = 0; look < LOOKS; look++) {
      page = await insist(() => browser.get(hand.orderPage!))
      const state = page && stateOf(page)
      if (state !== 'pending') return page
      await pause(100 + luck.below(500))
    }
    return page
  }

  async function payAgain(page: Seen): Promise<void> {
    const form = formIn(page.text, /\/payer$/)
    const answer = await insist(() => browser.post(form.action, form.fields))
    tally.count('buyer: pays again')
    if (answer) follow(answer, 'pay again')
  }

  async function download(page: Seen): Promise<void> {
    const link = /href="(\/d\/[^"?]+)"/.exec(page.text)?.[1]
    if (!link) return void broken.push(`${name}: paid, and no link`)
    const bytes = await (luck.happens(0.3) ? inTwoParts(link) : insist(() => browser.get(link)))
    if (!bytes) return
    const sha256 = createHash('sha256').update(bytes.bytes).digest('hex')
    if (sha256 !== street.sha256)
      broken.push(`${name}: ${bytes.status}, other bytes than were sold`)
    street.received.add(hand.orderPage!.slice('/commande/'.length).split('.')[0]!)
    tally.count('buyer: has the book')
  }

  async function inTwoParts(link: string): Promise<Seen | undefined> {
    const first = await insist(() => browser.get(link, { range: 'bytes=0-49999' }))
    const second = await insist(() => browser.get(link, { range: 'bytes=50000-' }))
    tally.count('buyer: downloads in two parts')
    return first && second && { ...first, bytes: Buffer.concat([first.bytes, second.bytes]) }
  }

  if (!(await buy())) return
  for (let round = 0; round < ROUNDS; round++) {
    if (hand.payPage && luck.happens(0.9)) await pay(hand.payPage)
    if (!hand.orderPage) return tally.count('buyer: leaves without a word')
    const page = await watch()
    const state = page && stateOf(page)
    if (state === 'paid') return download(page!)
    if (!state || state === 'review') return
    const isWaiting = state === 'pending' && luck.happens(0.5)
    if (isWaiting) continue
    if (luck.happens(0.3)) return tally.count('buyer: leaves')
    if (/\/payer"/.test(page!.text)) await payAgain(page!)
  }
}

const stateOf = ({ text }: Seen) => /data-status="(\w+)"/.exec(text)?.[1]

export const emailOf = (name: string) => `${name.toLowerCase().replace(' ', '.')}@example.net`
