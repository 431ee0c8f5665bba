import type { signIn } from '../support/desk.ts'
import { aPromotion } from '../support/promotions.ts'
import { anOrder, atCinetpay, formIn } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { roomTrials } from './deed-trials-rooms.ts'

type Desk = Awaited<ReturnType<typeof signIn>>

/** How a deed is tried: by the form of its page, filled in right, wrong, and twice. */
export type Trial = FormTrial | Elsewhere
/** Its form needs a world of its own; the test of this name tries it. */
export type Elsewhere = { elsewhere: string }
export type FormTrial = {
  /** Something of its own to do it to, and the page where its form stands. */
  page(test: TestShop, owner: Desk): Promise<string> | string
  /** What a person types, or the button that is pressed. */
  right?: () => Record<string, string>
  /** What it brings, if it brings files. */
  files?: () => Record<string, Blob> | Promise<Record<string, Blob>>
  /** Done to what is one's own: anybody else finds nothing (404). */
  isOnesOwn?: true
  /** What is refused, each with a sentence at its field. */
  wrong?: Record<string, string>
  /**
   * What the second of two is told who saw the same page: nothing was done (409, or 422 at a field), or
   * the same as the first (303 to its sentence, 200 on its page).
   */
  second: 200 | 303 | 409 | 422
}

let buyers = 10_000
let codes = 100
const order = (test: TestShop) =>
  anOrder(test, 'le-livre', { phone: `761${++buyers}`, email: 'awa@example.org' })

async function paidOrder(test: TestShop) {
  const waiting = await order(test)
  await atCinetpay(test, waiting.payPage, 'accept')
  await test.settled()
  return waiting
}

const reason = 'Parce que c’est ainsi'
const at = ({ code }: { code: string }, deed = '') =>
  `/admin/commandes/${code}${deed && `/${deed}`}`

const customerOf = ({ code }: { code: string }) => `/admin/clients/${code}`

/** One line a deed, by its path; `deeds.long.test.ts` asks for every deed of the list. */
export const trials: Record<string, Trial> = {
  ...roomTrials,
  '/admin/commandes/nouvelle': {
    page: () => '/admin/commandes/nouvelle',
    right: () => ({
      book: '1',
      name: 'Awa',
      country: 'ML',
      phone: '76 12 34 56',
      email: '',
      how: 'cash',
      amount: '4 000',
      reference: 'OM-7',
      reason,
    }),
    wrong: { name: '', phone: '12', amount: 'mille', reason: 'x' },
    second: 303,
  },
  '/admin/commandes/:code/verifier': {
    page: async (test) => at(await order(test)),
    second: 303,
  },
  '/admin/commandes/:code/rembourser': {
    page: async (test) => at(await paidOrder(test), 'rembourser'),
    right: () => ({ amount: '4 500', reason, reference: 'OM-8' }),
    wrong: { amount: '5001', reason: 'x' },
    second: 409,
  },
  '/admin/commandes/:code/classer': {
    page: async (test, owner) => {
      const waiting = await order(test)
      const data = { status: 'ACCEPTED', amount: '100', currency: 'XOF', payment_method: 'OM' }
      test.intercept((request) =>
        request.url.endsWith('/check') ? Response.json({ code: '00', data }) : (undefined as never),
      )
      await owner.post(at(waiting, 'verifier'), {})
      test.intercept(undefined)
      return `${at(waiting, 'classer')}?paiement=1`
    },
    right: () => ({ reason }),
    wrong: { reason: 'x' },
    second: 409,
  },
  '/admin/commandes/:code/payee': {
    page: async (test) => at(await order(test), 'payee'),
    right: () => ({ how: 'mobile', reference: 'OM-9', reason }),
    wrong: { reason: 'x' },
    second: 409,
  },
  '/admin/commandes/:code/fermer': {
    page: async (test) => at(await paidOrder(test), 'fermer'),
    right: () => ({ reason }),
    wrong: { reason: 'x' },
    second: 409,
  },
  '/admin/commandes/:code/rouvrir': {
    page: async (test, owner) => {
      const closed = await paidOrder(test)
      await owner.post(at(closed, 'fermer'), { reason })
      return at(closed, 'rouvrir')
    },
    right: () => ({ reason }),
    wrong: { reason: 'x' },
    second: 409,
  },
  '/admin/commandes/:code/lien': {
    page: async (test) => at(await order(test), 'lien'),
    second: 303,
  },
  '/admin/commandes/:code/contact': {
    page: async (test) => at(await order(test), 'contact'),
    right: () => ({ name: 'Awa T.', country: 'ML', phone: '76 65 43 21', email: 'a@example.org' }),
    wrong: { name: '', phone: '12', email: 'a@' },
    second: 409,
  },
  '/admin/commandes/:code/note': {
    page: async (test) => at(await order(test)),
    right: () => ({ note: 'A appelé.' }),
    wrong: { note: 'x'.repeat(2_001) },
    second: 303,
  },
  '/admin/commandes/:code/envoye': {
    page: async (test) => at(await order(test)),
    right: () => ({ channel: 'whatsapp' }),
    second: 303,
  },
  '/admin/commandes/:code/renvoyer': {
    page: async (test) => at(await paidOrder(test)),
    second: 303,
  },
  '/admin/commandes/:code/relancer': {
    page: async (test) => {
      await order(test)
      test.advance(31 * 60_000)
      return '/admin/a-relancer'
    },
    second: 303,
  },
  '/admin/clients/:code/note': {
    page: async (test) => customerOf(await paidOrder(test)),
    right: () => ({ note: 'Préfère les appels le soir.' }),
    wrong: { note: 'x'.repeat(2_001) },
    second: 409,
  },
  '/admin/clients/:code/silence': {
    page: async (test) => customerOf(await paidOrder(test)),
    second: 303,
  },
  '/admin/reclamations/:id/classer': {
    page: async (test) => {
      const told = await order(test)
      const page = await (await test.request(`${told.page}/debite`)).text()
      const { action, fields } = formIn(page, /debite$/)
      const claim = { amount: '5000', operator: 'orange', reference: '', message: '' }
      await test.post(action, { ...fields, ...claim })
      return at(told)
    },
    right: () => ({ reason }),
    wrong: { reason: 'x' },
    second: 409,
  },
  '/admin/promotions': {
    page: () => '/admin/promotions/nouvelle',
    right: () => ({
      code: `NOEL${++codes}`,
      kind: 'percent',
      value: '20',
      from: '',
      until: '',
      max: '100',
    }),
    wrong: { code: 'a', value: '101', from: 'demain', max: 'tous' },
    // The code is taken.
    second: 422,
  },
  '/admin/promotions/:id': {
    page: async (test) => `/admin/promotions/${await aPromotion(test, { code: `AMIS${++codes}` })}`,
    right: () => ({
      code: `AMIS${++codes}`,
      kind: 'amount',
      value: '500',
      from: '',
      until: '',
      max: '',
    }),
    wrong: { code: 'a', value: '0', until: 'demain' },
    second: 409,
  },
  '/admin/promotions/:id/etat': {
    page: async (test) => `/admin/promotions/${await aPromotion(test, { code: `STOP${++codes}` })}`,
    second: 303,
  },
  '/admin/diagnostic': { page: () => '/admin/diagnostic', second: 200 },
  '/admin/diagnostic/courrier': {
    page: () => '/admin/diagnostic',
    right: () => ({ to: 'awa@example.org' }),
    wrong: { to: 'awa@' },
    second: 200,
  },
  '/admin/premiers-pas/plus-tard': { page: () => '/admin/premiers-pas', second: 303 },
  '/admin/premiers-pas/accueil': { page: () => '/admin/premiers-pas', second: 303 },
  '/admin/premiers-pas/cinetpay': {
    page: () => '/admin/premiers-pas/cinetpay',
    right: () => ({ deed: 'keys' }),
    second: 200,
  },
}
