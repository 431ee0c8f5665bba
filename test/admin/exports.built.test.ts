import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { csvStream } from '../../src/admin/figures/stream.ts'
import { csvLine } from '../../src/lib/csv.ts'
import { hex, randomBytes } from '../../src/lib/encoding.ts'
import { sha256Hex } from '../../src/lib/hmac.ts'
import { connectTo } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import { onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const MANY = 50_000
const ALL = 'du=2020-01-01&au=2030-01-01'

/** As a spreadsheet reads it: lines of cells, quotes undone. */
function readCsv(text: string): string[][] {
  const lines: string[][] = []
  let cells: string[] = []
  const cell = /("(?:[^"]|"")*"|[^;"\r\n]*)(;|\r\n)/gy
  for (const [, raw = '', end] of text.replace(/^\uFEFF/, '').matchAll(cell)) {
    cells.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === ';') continue
    lines.push(cells)
    cells = []
  }
  return lines
}

type Sql = TestShop['sql']

/** Orders by the thousand, a millisecond's thousandth apart, as no visitor could make them. */
async function manyOrders(sql: Sql, from: number, until: number) {
  await sql`
    with opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, language, created_at
      )
      select
        translate(upper(lpad(to_hex(n), 8, '0')), 'IJL', 'XYZ'), 'many-' || n, books.id, files.id,
        5000, 5000, 'XOF', 'failed', false, 'Acheteur ' || n, '76', '+22376123456', 'fr',
        timestamptz '2025-06-01 00:00:00.000001Z' + n * interval '3 microseconds'
      from generate_series(${from}::int, ${until - 1}::int) n
      join books on books.slug = 'le-livre'
      join files on files.id = (select min(id) from files where book_id = books.id)
      returning id, created_at
    )
    insert into payments (
      order_id, attempt, transaction_id, provider, status, amount, currency, created_at
    )
    select
      id, 1, upper(lpad(to_hex(id), 24, '0')), 'cinetpay', 'refused', 5000, 'XOF', created_at
    from opened`
}

describe('a cell', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+22376123456', `'+22376123456`],
    ['(+223) 76 12 34 56', '(+223) 76 12 34 56'],
    ['-5', `'-5`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['  =1+1', `'  =1+1`],
    ['\u200b=1+1', `'\u200b=1+1`],
    ['＝1+1', `'＝1+1`],
    ['\t=1', `'\t=1`],
    ['\rx', `"'\rx"`],
    ['=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
    ['00123', `'00123`],
    ['12345678901234567', `'12345678901234567`],
    ['12E45', `'12E45`],
    ['dit « non »; "oui"', `"dit « non »; ""oui"""`],
    ['deux\nlignes', '"deux\nlignes"'],
    ['zé\0ro', 'zéro'],
    ['Awa Traoré', 'Awa Traoré'],
    ['1984', '1984'],
    ['', ''],
  ])('of text %j is written %j', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`)
  })

  it('writes numbers, dates and nothing as a French Excel reads them', () => {
    const at = new Date('2026-12-31T14:05:59Z')
    expect(csvLine([5000, 1.5, -3, at, null])).toBe('5000;1,5;-3;31/12/2026 14:05;\r\n')
  })
})

describe('exports', () => {
  let test: TestShop
  let desk: Awaited<ReturnType<typeof signIn>>
  beforeAll(async () => {
    test = await openTestShop()
    desk = await signIn(test)
    await aBook(test, { title: 'Le livre; "relié"' })
  })
  afterAll(() => test?.close())

  const download = async (path: string) => {
    const answer = await desk.get(`/admin/chiffres/exports/${path}`)
    expect(answer.status).toBe(200)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { answer, bytes, lines: readCsv(new TextDecoder().decode(bytes)) }
  }
  /** The cells of a line under their headings. */
  const named = ([head, ...lines]: string[][]) =>
    lines.map((line) => Object.fromEntries(line.map((cell, i) => [head![i]!, cell])))

  it('are for those who are signed in', async () => {
    expect((await test.request('/admin/chiffres/exports/commandes.csv')).status).toBe(303)
    expect((await test.request('/admin/chiffres/exports')).status).toBe(303)
  })

  it('tell each order with its money, and nobody’s name', async () => {
    const paid = await anOrder(test, 'le-livre', { name: '=cmd|calc', email: 'awa@example.com' })
    await atCinetpay(test, paid.payPage, 'accept')
    await test.settled()
    const refused = await anOrder(test, 'le-livre')
    await atCinetpay(test, refused.payPage, 'balance')
    await test.settled()

    const { answer, bytes, lines } = await download('commandes.csv?du=2026-11-02&au=2026-11-02')
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="commandes du 2026-11-02 au 2026-11-02.csv"; filename*=UTF-8''commandes%20du%202026-11-02%20au%202026-11-02.csv`,
    )
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(bytes.slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf))
    const [first, second] = named(lines)
    expect(first).toMatchObject({
      Date: '02/11/2026 10:00',
      État: 'Payée',
      'Payée le': '02/11/2026 10:00',
      Livre: 'Le livre; "relié"',
      Montant: '5000',
      Devise: 'XOF',
      'Frais estimés': '175',
      Net: '4825',
      'Moyen de paiement': 'Orange Money',
      'Remboursée le': '',
    })
    expect(second).toMatchObject({ État: 'Échouée', 'Payée le': '', Net: '' })
    expect(new TextDecoder().decode(bytes)).not.toMatch(/Traoré|calc|example\.com|2376123456/)
  })

  it('add names and numbers for the owner who asks, with no formula among them', async () => {
    const { lines } = await download('commandes.csv?coordonnees=on')
    expect(named(lines)[0]).toMatchObject({
      Nom: `'=cmd|calc`,
      Téléphone: '(+223) 76 12 34 56',
      'E-mail': 'awa@example.com',
    })
    const helper = await signIn(test, 'helper', 'Binta')
    const path = '/admin/chiffres/exports/commandes.csv'
    expect((await helper.get(`${path}?coordonnees=on`)).status).toBe(403)
    const allowed = await helper.get(path)
    expect(allowed.status).toBe(200)
    await allowed.text()
    expect(await helper.page('/admin/chiffres/exports')).not.toContain('coordonnees')
  })

  it('tell each attempt to pay, and what each book brought', async () => {
    const payments = named((await download('paiements.csv')).lines)
    expect(payments).toMatchObject([
      { État: 'Accepté', 'Moyen de paiement': 'Orange Money', 'Raison du refus': '' },
      { État: 'Refusé', 'Raison du refus': 'Solde insuffisant' },
    ])
    const books = named((await download('livres.csv')).lines)
    expect(books).toMatchObject([
      { Titre: 'Le livre; "relié"', État: 'En vente', Ventes: '1', Recettes: '5000' },
    ])
    expect(named((await download('livres.csv?du=2026-01-01&au=2026-01-31')).lines)).toMatchObject([
      { Ventes: '0', Recettes: '0', Remboursé: '0' },
    ])
  })

  it('take dates as people type them, and give back what they cannot read', async () => {
    const { lines } = await download('commandes.csv?du=2/11/2026&au=02/11/2026')
    expect(lines).toHaveLength(3)
    const wrong = await desk.get('/admin/chiffres/exports/commandes.csv?du=30/02/2026&au=x<y')
    expect(wrong.status).toBe(422)
    const page = await wrong.text()
    expect(page.match(/Écrivez une date/g)).toHaveLength(2)
    expect(page).toContain('value="x&lt;y"')
    const turned = await desk.get(
      '/admin/chiffres/exports/paiements.csv?du=2026-02-02&au=2026-02-01',
    )
    expect(turned.status).toBe(422)
    expect(await turned.text()).toContain('vient avant la première')
    for (const path of ['secrets.csv', 'commandes', 'commandes.csv/x'])
      expect((await desk.get(`/admin/chiffres/exports/${path}`)).status).toBe(404)
  })

  it('answer a HEAD without reading anything', async () => {
    const { headers } = desk
    const path = '/admin/chiffres/exports/commandes.csv'
    const answer = await test.request(path, { method: 'HEAD', headers })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
    await test.settled()
  })

  it('send 50 000 orders, each once, while others arrive', async () => {
    for (let made = 0; made < MANY; made += 2_500) await manyOrders(test.sql, made, made + 2_500)
    const answer = await desk.get(`/admin/chiffres/exports/commandes.csv?${ALL}`)
    const decoder = new TextDecoder()
    const seen = new Map<string, number>()
    let text = ''
    let arrived = MANY
    for await (const chunk of answer.body!) {
      text += decoder.decode(chunk, { stream: true })
      const end = text.lastIndexOf('\r\n') + 2
      for (const [code = ''] of readCsv(text.slice(0, end)))
        seen.set(code, (seen.get(code) ?? 0) + 1)
      text = text.slice(end)
      if (arrived < MANY + 500) await manyOrders(test.sql, arrived, (arrived += 50))
    }
    const orders = await test.sql<{ code: string; isOld: boolean }[]>`
      select left(code, 4) || '-' || right(code, 4) as code,
        form_hash not like 'many-%' or substr(form_hash, 6)::int < ${MANY} as is_old
      from orders`
    expect([...seen.values()].every((times) => times === 1)).toBe(true)
    const lost = orders.filter(({ code, isOld }) => isOld && !seen.has(code))
    expect(lost).toEqual([])
    expect(seen.size).toBeGreaterThanOrEqual(MANY + 3)
    await test.settled()
    expect(test.lines.at(-1)).toContain('"event":"export.sent"')
  }, 60_000)

  it('ask for no more pages than are read, nor after the reader has gone', async () => {
    const answer = await desk.get(`/admin/chiffres/exports/paiements.csv?${ALL}`)
    const reader = answer.body!.getReader()
    await reader.read()
    await reader.read()
    await reader.cancel()
    await test.settled()
    const { rows } = JSON.parse(test.lines.at(-1)!) as { rows: number }
    expect(rows).toBe(1000)
  })
})

describe('a stream of lines', () => {
  const pageFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: first + i, cells: [first + i] }))

  it('stays one page large, however many lines there are', async () => {
    const pages = 2_000
    let asked = 0
    const { body, done } = csvStream({
      head: ['n'],
      next: async (afterId = 0) => {
        asked++
        return asked <= pages ? pageFrom(afterId + 1, 1_000) : []
      },
    })
    let taken = 0
    let most = 0
    const before = process.memoryUsage().arrayBuffers
    for await (const _ of body) {
      taken++
      expect(asked - taken).toBeLessThanOrEqual(1)
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(await done).toBe(pages * 1_000)
    // Two million lines are 13 MB of text; what waits for the collector stays below.
    expect(most).toBeLessThan(64_000_000)
  })

  it('is done only when its last question is answered, though the reader has gone', async () => {
    let answer: (lines: []) => void = () => {}
    const { body, done } = csvStream({
      head: ['n'],
      next: () => new Promise((resolve) => (answer = resolve)),
    })
    const reader = body.getReader()
    await reader.read()
    const reading = reader.read()
    await pause(1)
    await reader.cancel()
    const first = await Promise.race([done, pause(20, 'waits')])
    expect(first).toBe('waits')
    answer([])
    expect(await done).toBe(0)
    await reading
  })

  it('is cut, and not ended, when the database fails', async () => {
    const { body, done } = csvStream({
      head: ['n'],
      next: async (afterId) => {
        if (afterId) throw new Error('gone')
        return pageFrom(1, 1_000)
      },
    })
    const failure = done.catch((error: Error) => error.message)
    await expect(new Response(body).text()).rejects.toThrow('gone')
    expect(await failure).toBe('gone')
  })
})

/**
 * When a reader goes away, workerd drops the request's sockets. Hyperdrive minds nothing; its
 * stand-in in Miniflare listens for no error, and a reset would end this process.
 */
function forgiveResets() {
  const create = net.createServer
  return vi.spyOn(net, 'createServer').mockImplementation(((...given: never[]) => {
    const server = create(...given)
    return server.on('connection', (socket) => socket.on('error', () => socket.destroy()))
  }) as typeof net.createServer)
}

describe('in workerd, where the database is closed after the answer', () => {
  const ORDERS = 7_500
  let running: Running
  let cookie: string
  let drop: () => Promise<void>
  beforeAll(async () => {
    const database = await testDatabase()
    drop = database.drop
    const forgiving = forgiveResets()
    running = await onWorkerd(database.url)
    forgiving.mockRestore()
    const sql = connectTo(database.url, { max: 1 })
    await sql`update books set slug = 'le-livre' where id = (select min(id) from books)`
    await manyOrders(sql, 0, ORDERS)
    const token = hex(randomBytes(16))
    await sql`
      with person as (
        insert into people (name, login, role, created_at)
        values ('Moussa', 'moussa', 'owner', now())
        returning id, access_version
      )
      insert into sessions (
        token_hash, person_id, access_version, device, created_at, last_seen_at, expires_at
      )
      select
        ${await sha256Hex(token)}, id, access_version, 'test', now(), now(),
        now() + interval '1 day'
      from person`
    await sql.end()
    cookie = `kiosque=${token}`
  }, 60_000)
  afterAll(async () => {
    await running?.stop()
    await drop?.()
  }, 60_000)

  const path = `/admin/chiffres/exports/commandes.csv?${ALL}`

  it('every order arrives', async () => {
    const answer = await fetch(running.url + path, { headers: { cookie } })
    expect(answer.status).toBe(200)
    const codes = readCsv(await answer.text()).map(([code]) => code)
    expect(new Set(codes).size).toBe(ORDERS + 1)
    expect(codes).toHaveLength(ORDERS + 1)
  })

  it('a reader who goes away leaves the shop well', async () => {
    const leaving = new AbortController()
    const answer = await fetch(running.url + path, { headers: { cookie }, signal: leaving.signal })
    await answer.body!.getReader().read()
    leaving.abort()
    const next = await fetch(`${running.url}/admin/chiffres`, { headers: { cookie } })
    expect(next.status).toBe(200)
    expect(await next.text()).toContain('Chiffres')
  })
})
