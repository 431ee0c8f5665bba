import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { link, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { insertStamp } from '../src/data/books/file-stamps.ts'
import { fileKey } from '../src/links/keys.ts'
import { bytesSource } from '../packages/pdf/source.ts'
import { readRecipe } from '../packages/pdf/stamp/read-recipe.ts'
import { freePort } from '../test/support/cluster.ts'
import { START_FLAGS } from '../test/support/start-flags.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Load } from './load.ts'
import { memoryMb } from './programs.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { buyAndPay } from './sales.ts'
import { APP_SECRET, SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 16
const SIZE = 50_000_000
const SLOTS = ['livre', 'pages'] as const
const READERS = 100
/** Readers do not know one another: no more than these take a sip at the same moment. */
const SIPS_AT_ONCE = 2
/** Each takes so much, so often: 80 kB a second, a good 3G. */
const SIP = { bytes: 16_000, everyMs: 200 }

/** A book of 50 MB, plain and stamped, to 16 at once and to a hundred slow readers. */
export async function downloads(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  const pdf = bigPdf(SIZE)
  const file = join(stage.folder, 'files', 'books', 'big.pdf')
  await mkdir(join(stage.folder, 'files', 'books'), { recursive: true })
  await writeFile(file, pdf)
  // One file under two keys.
  for (const slot of SLOTS)
    await link(file, join(stage.folder, 'files', 'books', `big-${slot}.pdf`))
  const shop = await beginAlone(stage)
  const [plain, stamped] = await sellBigBook(stage, shop, pdf)
  const floor = await stage.begin('bench/floors/file.mjs', { FILE: file })
  const nginx = await startNginx(stage, file)

  const atOnce = { connections: CONNECTIONS, seconds: 3 * scale }
  const seen = await inTurns(
    {
      plain: () => load(shop, { path: plain }, atOnce),
      stamped: () => load(shop, { path: stamped }, atOnce),
      floor: () => load(floor, { path: '/' }, atOnce),
      nginx: () => load(nginx, { path: '/big.pdf' }, atOnce),
    },
    rounds,
  )
  nginx.stop()
  await stage.end(floor)
  // Two that are alike: of 15 turns each stood at 0.81 to 1.19 of its neighbour, so five tell little.
  const pairs = await inTurns(
    {
      plain: () => load(shop, { path: plain }, atOnce),
      stamped: () => load(shop, { path: stamped }, atOnce),
    },
    2 * rounds + 1,
  )
  await stage.end(shop)
  const rate = (loads: Load[]) => loads.map(({ bytes, seconds }) => bytes / seconds / 1e6)
  const figures = (loads: Load[]) => median(rate(loads)).toFixed(0)
  const row = (what: string, ours: Load[], theirs: Load[], atLeast?: number): Row => ({
    what,
    ours: figures(ours),
    floor: figures(theirs),
    figure: ratioOf(rate(ours), rate(theirs)),
    ...(atLeast !== undefined && { atLeast }),
  })
  return [
    row(
      'download of 50 MB, 16 connections, MB a second, beside node:http',
      seen.plain,
      seen.floor,
      0.9,
    ),
    row('… stamped, beside node:http', seen.stamped, seen.floor, 0.9),
    row('… stamped, beside unstamped', pairs.stamped, pairs.plain, 0.9),
    row('… beside nginx with sendfile', seen.plain, seen.nginx),
    ...(await slowReaders(stage, plain, rounds)),
  ]
}

/**
 * Not as under Passenger: there the shop lets readers in one after the other, so that they do not
 * fill the host's disk.
 */
const beginAlone = (stage: Stage) => stage.begin('dist/node.mjs', stage.settings, START_FLAGS)

/** A sound PDF of a page, and one big object that no reader asks for. */
function bigPdf(size: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  let at = parts[0]!.length
  const places: number[] = []
  const add = (bytes: Buffer) => {
    parts.push(bytes)
    at += bytes.length
  }
  const object = (text: string, stream?: Buffer) => {
    places.push(at)
    add(Buffer.from(`${places.length} 0 obj\n${text}\n`))
    if (stream) {
      add(Buffer.from('stream\n'))
      add(stream)
      add(Buffer.from('\nendstream\n'))
    }
    add(Buffer.from('endobj\n'))
  }
  object('<< /Type /Catalog /Pages 2 0 R >>')
  object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  object('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>')
  object('<< /Length 3 >>', Buffer.from('q Q'))
  const rest = randomBytes(size - at - 500)
  object(`<< /Length ${rest.length} >>`, rest)
  const start = at
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  add(
    Buffer.from(
      `xref\n0 6\n0000000000 65535 f \n${entries}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

/** Two orders of the book of the bench, paid; and two new versions of its file, one to be stamped. */
async function sellBigBook(stage: Stage, shop: Program, pdf: Buffer): Promise<[string, string]> {
  const { sql } = stage
  const reading = await readRecipe(bytesSource(pdf), 'all')
  if (!reading.recipe) throw new Error('the big PDF cannot be stamped')
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  const paths: string[] = []
  for (const stamp of [null, { choice: 'all' as const, ...reading }]) {
    const slot = SLOTS[stamp ? 1 : 0]
    const [file] = await sql<{ id: number }[]>`
      with file as (
        insert into files (
          book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, created_at
        )
        select id, ${slot}, 99, 'Le gros livre.pdf', ${`books/big-${slot}.pdf`}, 'application/pdf',
          ${pdf.length}, ${sha256}, now()
        from books
        where slug = ${SLUG}
        returning id
      ), stamp as (${insertStamp(sql, stamp)})
      select id from file`
    const code = await buyAndPay(stage, shop)
    const key = await fileKey(APP_SECRET, { code, linkVersion: 1 }, file!.id)
    const path = `/d/${key}/livre.pdf?telecharger`
    const first = await fetch(shop.url + path)
    const { length } = new Uint8Array(await first.arrayBuffer())
    if (stamp ? length <= pdf.length : length !== pdf.length)
      throw new Error(`${length} bytes came of ${pdf.length}`)
    paths.push(path)
  }
  // One buyer who fetches it a thousand times would be asked who she is.
  await pause(500)
  await sql`update downloads set allowed_copies = 1000000`
  return paths as [string, string]
}

async function startNginx({ folder }: Stage, file: string) {
  const port = await freePort()
  const settings = join(folder, 'nginx.conf')
  await writeFile(
    settings,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; worker_processes 1; user root;
    events { worker_connections 512; }
    http {
      access_log off; sendfile on; tcp_nopush on;
      client_body_temp_path ${folder}/nginx; proxy_temp_path ${folder}/nginx;
      fastcgi_temp_path ${folder}/nginx; uwsgi_temp_path ${folder}/nginx; scgi_temp_path ${folder}/nginx;
      server { listen 127.0.0.1:${port}; root ${join(file, '..')}; }
    }`,
  )
  const child = spawn('nginx', ['-e', 'stderr', '-c', settings], { stdio: 'ignore' })
  process.once('exit', () => child.kill())
  await once(child, 'spawn')
  await pause(500)
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => child.kill('SIGTERM') }
}

async function slowReaders(stage: Stage, path: string, rounds: number): Promise<Row[]> {
  const shop = await beginAlone(stage)
  const visit = { connections: 4, seconds: 3 }
  const page = { path: `/livres/${SLUG}` }
  for (let i = 0; i < 3; i++) await load(shop, page, visit)
  const without: number[] = []
  const among: number[] = []
  let grownMb = 0
  // Of a tail three seconds tell little: one pair of them stood at 0.5, another at 3.4 in the same run.
  for (let round = 0; round < 2 * rounds + 1; round++) {
    without.push((await load(shop, page, visit)).p99)
    const idleMb = memoryMb(shop.pid)
    const readers = Array.from({ length: READERS }, () => slowReader(shop.url, path))
    let turn = 0
    const clock = setInterval(
      () => {
        for (let i = 0; i < SIPS_AT_ONCE; i++) readers[turn++ % READERS]!.sip()
      },
      SIP.everyMs / (READERS / SIPS_AT_ONCE),
    )
    await untilServed(readers)
    // Until the sockets' buffers are full, no reader is slow.
    await pause(1_500)
    among.push((await load(shop, page, visit)).p99)
    grownMb = Math.max(grownMb, memoryMb(shop.pid) - idleMb)
    clearInterval(clock)
    readers.forEach((reader) => reader.leave())
    await pause(500)
  }
  await stage.end(shop)
  return [
    {
      what: '100 slow readers of 50 MB: memory over idle, MB',
      ours: grownMb.toFixed(0),
      floor: '',
      figure: grownMb,
      atMost: 64,
    },
    {
      what: 'book page, 4 connections, p99 in ms, among them and without them',
      ours: median(among).toFixed(1),
      floor: median(without).toFixed(1),
      figure: ratioOf(among, without),
      atMost: 2,
    },
  ]
}

/** A book that is late is waited for, since a crowded machine makes some late; another answer is not. */
async function untilServed(readers: readonly ReturnType<typeof slowReader>[]) {
  for (let tries = 0; tries < 150; tries++) {
    await pause(100)
    const answers = readers.map(({ answer }) => answer())
    const other = answers.find((answer) => answer && answer !== 'HTTP/1.1 200')
    if (other) throw new Error(`a reader got no book: ${other}`)
    if (answers.every(Boolean)) return
  }
  throw new Error('some readers got no answer in 15 seconds')
}

/** Takes a little when told to, and nothing in between. */
function slowReader(url: string, path: string) {
  const { port, host } = new URL(url)
  const socket: Socket = connect({ port: Number(port), host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  socket.pause()
  let start = ''
  return {
    sip() {
      const bytes = (socket.read(SIP.bytes) ?? socket.read()) as Buffer | null
      if (bytes && start === '') start = bytes.toString('latin1', 0, 12)
    },
    answer: () => start,
    leave: () => void socket.destroy(),
  }
}
