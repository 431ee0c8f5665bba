import type { Order } from '../../src/data/orders/orders.ts'
import { FileOffers } from '../../src/storefront/delivery/file-offers.tsx'
import { CardPage, DigitsPage } from '../../src/storefront/delivery/guard-pages.tsx'
import { DamagedPage, LimitPage } from '../../src/storefront/delivery/file-pages.tsx'
import { KeepPart } from '../../src/storefront/delivery/keep-part.tsx'
import * as pages from '../../src/storefront/delivery/pages.tsx'
import type { OrderPageProps } from '../../src/storefront/delivery/pages.tsx'
import { OpeningPage, PendingPage } from '../../src/storefront/delivery/waiting-page.tsx'
import { ReturnedPage } from '../../src/payment/pages.tsx'
import { waitingScriptPath } from '../../src/views/assets.ts'
import { wordsIn } from '../../src/words/words.ts'
import type { Language } from '../../src/words/words.ts'
import { aFile, anOrder, NOW, ORDER_KEY, settings } from './samples.ts'
import type { State } from './state.ts'

type Shown = (props: OrderPageProps) => ReturnType<State['page']>

const order = (
  name: string,
  row: Partial<Order>,
  show: Shown,
  more: Partial<OrderPageProps> = {},
): State => ({
  name: `commande-${name}`,
  page: (language) =>
    show({
      order: anOrder(row),
      orderKey: ORDER_KEY,
      language,
      settings,
      hasCase: false,
      ...more,
    }),
  ...(more.lookInSeconds !== undefined && { scripts: [waitingScriptPath] }),
})

const paid = (name: string, files: Parameters<typeof FileOffers>[0]['files'], amount = 5000) =>
  order(name, { status: 'paid', amount }, (props) => (
    <pages.PaidPage {...props} files={files} keep={<Keep {...props} />} />
  ))

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

const pending = (name: string, row: Partial<Order>, more: Partial<OrderPageProps> = {}) =>
  order(name, row, (props) => <PendingPage {...props} />, { lookInSeconds: 100, ...more })

const refused = (refusal: Order['refusal'], hasCase = false) =>
  order(
    `refusee-${refusal}${hasCase ? '-debitee' : ''}`,
    { status: 'failed', refusal },
    (props) => <pages.RefusedPage {...props} />,
    { hasCase },
  )

const light = aFile({ id: 2, slot: 'leger', sizeBytes: 850_000 })
const sound = aFile({ id: 3, slot: 'audio', title: 'Lu par l’autrice', mediaType: 'audio/mpeg', pages: null }) // prettier-ignore
const damaged = aFile({ damagedAt: NOW })
const limitProps = { file: { ...aFile(), code: '7K3M94FT' } as never, shop: settings.shop }

export const orderStates: State[] = [
  paid('payee', [aFile()]),
  paid('payee-plusieurs', [aFile({ begunPercent: 63 }), light, sound]),
  paid('gratuite', [aFile({ isAsked: true })], 0),
  paid('payee-abimee', [damaged]),
  order('ouverture', { pageUrl: null }, (props) => <OpeningPage {...props} />, {
    lookInSeconds: 100,
  }),
  order('pas-ouverte', { pageUrl: null }, (props) => <pages.NotOpenedPage {...props} />),
  ...[1, 2].map((attempts) =>
    order(attempts === 1 ? 'fermee' : 'fermee-encore', { pageUrl: null, attempts }, (props) => (
      <pages.DeniedPage {...props} />
    )),
  ),
  pending('attente', {}),
  pending('attente-accord', { waiting: 'validate', operator: 'OM' }),
  pending('attente-operateur', { waiting: 'operator', operator: 'WAVE' }),
  pending('attente-moyen-dit', { waiting: 'pay', saidMeans: 'orange' }),
  pending('attente-debitee', { waiting: 'pending' }, { hasCase: true }),
  refused('balance'),
  refused('code-expired'),
  refused('blocked'),
  refused('other', true),
  order('expiree', { status: 'expired' }, (props) => <pages.ExpiredPage {...props} />),
  ...(['review', 'refunded', 'revoked'] as const).map((why) =>
    order(why, { status: why }, (props) => <pages.ClosedPage {...props} why={why} />),
  ),
  order('essai', { status: 'paid' }, (props) => (
    <pages.ClosedPage {...props} why="demonstrationOver" />
  )),
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
