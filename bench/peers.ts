import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { connectTo } from '../src/data/database.ts'
import { SIGNED_FIELDS } from '../src/payment/cinetpay-notice.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Asked, Load } from './load.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { buyHere, CONNECTIONS, FORM, noticesOf, waitingOrders } from './sales.ts'
import { SECRET, SITE_ID, SLUG, TITLE } from './stage.ts'
import type { Stage } from './stage.ts'

const DJANGO = join(import.meta.dirname, 'peers/django')
const PAGE = `/livres/${SLUG}`
/** As many processes as this bench's machine has processors, a few threads each. */
const GUNICORN = ['--workers', '2', '--threads', '4', '--log-level', 'error']

/**
 * The shop beside what somebody else would have: the guide's Django application under gunicorn, and a
 * minimal shop of Hono and `postgres`. Neither guards, counts or limits anything.
 */
export async function peers(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  if (!hasDjango()) {
    const needs = 'python3-django, python3-psycopg2, python3-requests and gunicorn'
    process.stderr.write(`peers: left out, they need Debian’s ${needs}\n`)
    return []
  }
  const shop = await stage.beginShop()
  const databaseUrl = await stage.emptyDatabase('peers')
  const sql = connectTo(databaseUrl, { max: 2 })
  const django = await beginDjango(stage, databaseUrl)
  const minimal = await stage.begin('bench/peers/hono.mjs', {
    DATABASE_URL: databaseUrl,
    PROVIDER: stage.provider.url,
    SECRET,
    SIGNED_FIELDS: SIGNED_FIELDS.join(','),
  })
  await sql`
    insert into store_product (slug, title, description, price_fcfa, is_published)
    values (${SLUG}, ${TITLE}, ${'Sept saisons des pluies. '.repeat(40)}, 5000, true)`
  const theirOrders = async (count: number) => {
    const rows = await sql<{ id: string }[]>`
      insert into store_order (product_id, email, amount_fcfa, status, cinetpay_payment_id, created_at)
      select store_product.id, 'awa@example.com', 5000, 'pending',
        upper(substr(md5(random()::text || n), 1, 24)), now()
      from store_product, generate_series(1, ${count}::int) as n
      returning cinetpay_payment_id as id`
    return rows.map(({ id }) => id)
  }

  const each = 1_000 * scale
  const all = { connections: CONNECTIONS, seconds: 0 }
  const notices = await inTurns(
    {
      ours: async () => load(shop, await noticesOf(await waitingOrders(stage, each)), all),
      django: async () => load(django, await noticesOf(await theirOrders(each)), all),
      minimal: async () => load(minimal, await noticesOf(await theirOrders(each)), all),
    },
    rounds,
  )
  const alone = { connections: 1, seconds: 0 }
  const few = 300 * scale
  const single = await inTurns(
    {
      ours: async () => load(shop, await noticesOf(await waitingOrders(stage, few)), alone),
      minimal: async () => load(minimal, await noticesOf(await theirOrders(few)), alone),
    },
    rounds,
  )
  const djangosForm = await djangosBuyer(django)
  const many = (asked: () => Asked) => Array.from({ length: each }, asked)
  const buys = await inTurns(
    {
      ours: () => load(shop, many(buyHere), all),
      django: () =>
        load(
          django,
          many(() => djangosForm),
          all,
        ),
      minimal: () =>
        load(
          minimal,
          many(() => ({
            method: 'POST',
            path: `${PAGE}/acheter`,
            headers: FORM,
            body: 'email=awa%40example.com',
          })),
          all,
        ),
    },
    rounds,
  )
  const looking = { connections: CONNECTIONS, seconds: 2 * scale }
  const pages = await inTurns(
    {
      ours: () => load(shop, { path: PAGE }, looking),
      django: () => load(django, { path: PAGE }, looking),
      minimal: () => load(minimal, { path: PAGE }, looking),
    },
    rounds,
  )
  await Promise.all([shop, django, minimal].map((program) => stage.end(program)))
  await sql.end()

  const row = (what: string, ours: Load[], theirs: Load[], atLeast: number): Row => {
    const [our, their] = [perSecond(ours), perSecond(theirs)]
    return {
      what,
      ours: median(our).toFixed(0),
      floor: median(their).toFixed(0),
      figure: ratioOf(our, their),
      atLeast,
    }
  }
  const p50 = (loads: Load[]) => loads.map((one) => one.p50)
  return [
    row('notice → paid, a second, beside the guide’s Django', notices.ours, notices.django, 3),
    row('… beside a minimal Hono shop', notices.ours, notices.minimal, 1),
    {
      what: 'notice alone, p50 in ms, beside the minimal shop',
      ours: median(p50(single.ours)).toFixed(1),
      floor: median(p50(single.minimal)).toFixed(1),
      figure: ratioOf(p50(single.ours), p50(single.minimal)),
      atMost: 1,
    },
    row('purchase → 303, a second, beside the guide’s Django', buys.ours, buys.django, 2.5),
    row('… beside a minimal Hono shop', buys.ours, buys.minimal, 1),
    row('book page, a second, beside the guide’s Django', pages.ours, pages.django, 10),
    row('… beside a minimal Hono shop', pages.ours, pages.minimal, 1),
  ]
}

const perSecond = (loads: Load[]) => loads.map((one) => one.perSecond)

function hasDjango(): boolean {
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import django, psycopg2, requests'], {
      stdio: 'ignore',
    })
    execFileSync('gunicorn', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function beginDjango(stage: Stage, databaseUrl: string): Promise<Program> {
  const environment = {
    DATABASE_URL: databaseUrl,
    DJANGO_SETTINGS_MODULE: 'config.settings',
    PYTHONDONTWRITEBYTECODE: '1',
    CINETPAY_API_URL: stage.provider.url,
    CINETPAY_API_KEY: 'key',
    CINETPAY_SITE_ID: SITE_ID,
    CINETPAY_SECRET: SECRET,
  }
  execFileSync('django-admin', ['migrate', '--run-syncdb', '--pythonpath', DJANGO], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return stage.beginCommand('gunicorn', environment, (port) => [
    ...GUNICORN,
    '--chdir',
    DJANGO,
    '--bind',
    `127.0.0.1:${port}`,
    'config.wsgi',
  ])
}

/** A form of Django's brings back the token that its page was drawn with, and the cookie beside it. */
async function djangosBuyer({ url }: Program): Promise<Asked> {
  const page = await fetch(url + PAGE)
  const cookie = page.headers.get('set-cookie')!.split(';')[0]!
  const token = /csrfmiddlewaretoken" value="([^"]+)"/.exec(await page.text())![1]!
  return {
    method: 'POST',
    path: `${PAGE}/acheter`,
    headers: { ...FORM, cookie },
    body: new URLSearchParams({ csrfmiddlewaretoken: token, email: 'awa@example.com' }).toString(),
  }
}
