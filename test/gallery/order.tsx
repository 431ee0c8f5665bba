import type { Order } from '../../src/data/orders/orders.ts'
import { FileOffers } from '../../src/storefront/delivery/file-offers.tsx'
import { CardPage, DigitsPage } from '../../src/storefront/delivery/guard-pages.tsx'
import { DamagedPage, LimitPage } from '../../src/storefront/delivery/file-pages.tsx'
import { KeepPart } from '../../src/storefront/delivery/keep-part.tsx'
import { OrderPage } from '../../src/storefront/delivery/order-page.tsx'
import type { OrderPageProps } from '../../src/storefront/delivery/order-frame.tsx'
import { PaidPage } from '../../src/storefront/delivery/paid-page.tsx'
import type { OrderState } from '../../src/storefront/delivery/states.ts'
import { ReturnedPage } from '../../src/payment/pages.tsx'
import { waitingScriptPath } from '../../src/views/assets.ts'
import { wordsIn } from '../../src/words/words.ts'
import type { Language } from '../../src/words/words.ts'
import { aFile, anOrder, NOW, ORDER_KEY, settings } from './samples.ts'
import type { State } from './state.ts'

const props = (row: Partial<Order>, state: OrderState, language: Language): OrderPageProps => {
  return { order: anOrder(row), state, orderKey: ORDER_KEY, language, settings, hasCase: false }
}

const order = (
  name: string,
  state: OrderState,
  row: Partial<Order> = {},
  more: Partial<OrderPageProps> = {},
): State => ({
  name: `commande-${name}`,
  page: (language) => <OrderPage {...props(row, state, language)} {...more} />,
  ...(more.lookInSeconds !== undefined && { scripts: [waitingScriptPath] }),
})

type Paid = Partial<Parameters<typeof PaidPage>[0]>

const paid = (
  name: string,
  files: Parameters<typeof FileOffers>[0]['files'],
  more: Paid = {},
  amount = 5000,
) => ({
  name: `commande-${name}`,
  page: (language: Language) => {
    const shown = props({ status: 'paid', amount }, 'paid', language)
    return <PaidPage {...shown} files={files} keep={<Keep {...shown} />} {...more} />
  },
})

const Keep = (props: OrderPageProps) => (
  <KeepPart
    order={props.order}
    orderKey={ORDER_KEY}
    link="https://livres.example.net/commande/…"
    find="https://livres.example.net/retrouver"
    shop={settings.shop}
    language={props.language}
  />
)

const waiting = (
  name: string,
  state: OrderState,
  row: Partial<Order> = {},
  more: Partial<OrderPageProps> = {},
) => order(name, state, row, { lookInSeconds: 100, ...more })

const refused = (refusal: Order['refusal'], hasCase = false) =>
  waiting(
    `refusee-${refusal}${hasCase ? '-debitee' : ''}`,
    hasCase ? 'debited' : 'refused',
    { status: 'failed', refusal },
    { hasCase },
  )

const light = aFile({ id: 2, slot: 'leger', sizeBytes: 850_000 })
const sound = aFile({ id: 3, slot: 'audio', title: 'Lu par l’autrice', mediaType: 'audio/mpeg', pages: null }) // prettier-ignore
const damaged = aFile({ damagedAt: NOW })
const limitProps = { file: { ...aFile(), code: '7K3M94FT' } as never, shop: settings.shop }

export const orderStates: State[] = [
  paid('payee', [aFile()]),
  paid('payee-plusieurs', [aFile({ begunPercent: 63 }), light, sound]),
  paid('payee-lot', [aFile(), aFile({ id: 4, bookTitle: 'Sept pluies' })]),
  paid('payee-deux-fois', [aFile()], {
    doubles: [{ amount: 5000, refundedAt: null, isPerhaps: false }],
  }),
  paid('payee-rendue', [aFile()], {
    doubles: [{ amount: 5000, refundedAt: NOW, isPerhaps: false }],
  }),
  paid('payee-reclamee', [aFile()], { hasCase: true }),
  paid('gratuite', [aFile({ isAsked: true })], {}, 0),
  paid('payee-abimee', [damaged]),
  waiting('ouverture', 'opening', { pageUrl: null }),
  ...[1, 2].flatMap((attempts) => {
    const again = attempts === 1 ? '' : '-encore'
    const row = { pageUrl: null, attempts }
    return [
      waiting(`pas-ouverte${again}`, 'notOpened', row),
      waiting(`muette${again}`, 'away', row),
      waiting(`fermee${again}`, 'denied', row),
    ]
  }),
  waiting('attente', 'pay'),
  waiting('attente-code', 'code', { waiting: 'code', operator: 'OM' }),
  waiting('attente-accord', 'validate', { waiting: 'validate', operator: 'OM' }),
  waiting('attente-banque', 'bank', { waiting: 'bank' }),
  waiting('attente-operateur', 'operator', { waiting: 'operator', operator: 'WAVE' }),
  waiting('attente-traitee', 'pending', { waiting: 'pending' }),
  waiting('attente-moyen-dit', 'pay', { waiting: 'pay', saidMeans: 'orange' }),
  waiting('attente-muette', 'silent', { waiting: 'validate' }),
  waiting('attente-debitee', 'debited', { waiting: 'pending' }, { hasCase: true }),
  refused('balance'),
  refused('code-expired'),
  refused('blocked'),
  refused('other', true),
  waiting('expiree', 'expired', { status: 'expired' }),
  waiting('expiree-debitee', 'debited', { status: 'expired' }, { hasCase: true }),
  order('review-debitee', 'review', { status: 'review' }, { hasCase: true }),
  ...(['review', 'refunded', 'revoked'] as const).map((why) => order(why, why, { status: why })),
  order(
    'rendue-mais-due',
    'refunded',
    { status: 'refunded' },
    { doubles: [{ amount: 5000, refundedAt: null, isPerhaps: true }] },
  ),
  waiting('autre-montant-traite', 'returned', { status: 'failed', isClosed: true }),
  order('essai', 'demonstrationOver', { status: 'paid' }),
  {
    name: 'commande-apercu',
    page: (language: Language) => <CardPage shopName="Kiosque" language={language} />,
  },
  {
    name: 'commande-appareil',
    page: (language) => (
      <DigitsPage
        orderKey={ORDER_KEY}
        error={wordsIn(language).order.digits.wrong}
        language={language}
      />
    ),
  },
  {
    name: 'fichier-limite',
    page: (language) => (
      <LimitPage {...limitProps} action="/d/cle/livre.pdf" fault="not-these" language={language} />
    ),
  },
  {
    name: 'fichier-abime',
    page: (language) => <DamagedPage {...limitProps} language={language} />,
  },
  ...([undefined, 'pending', 'paid', 'failed', 'refunded'] as const).map((status) => ({
    name: `retour-${status ?? 'inconnu'}`,
    page: (language: Language) => <ReturnedPage status={status} language={language} />,
  })),
]
