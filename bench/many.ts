import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { childrenOf, freePort } from '../test/support/cluster.ts'
import { startPooler } from '../test/support/pooler.ts'
import { inTurns, load, median } from './load.ts'
import type { Asked } from './load.ts'
import { cpuMs } from './programs.ts'
import { buyHere, CONNECTIONS, noticesOf, waitingOrders } from './sales.ts'
import { openStage, SLUG } from './stage.ts'

/**
 * `npm run bench:many`: one, two and four processes of the built shop behind nginx, PgBouncer in
 * transaction mode and one PostgreSQL, in turns. Beside each rate stands what each part worked for
 * one request: on a machine whose cores all of them share, a rate says where these end together, and
 * the work says where each would end alone. `--rounds N`, `--scale N`: how long a round is.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
  },
})
const PROCESSES = [1, 2, 4]
/** All of the shops' statements go through so many sessions of PostgreSQL. */
const SESSIONS = 10
const each = 600 * Number(values.scale)
const MICROSECONDS = 1_000

const stage = await openStage()
const pooler = await startPooler(stage.databaseUrl, SESSIONS, 'keeps')
try {
  const changes = {
    DATABASE_URL: pooler.url,
    PUBLIC_URL: 'http://localhost:3000',
    RATE_LIMITS: 'off',
  }
  const start = () => stage.begin('dist/node.mjs', { ...stage.settings, ...changes })
  const shops = await Promise.all(Array.from({ length: Math.max(...PROCESSES) }, start))
  const proxy = await startNginx(
    stage.folder,
    shops.map(({ url }) => new URL(url).host),
  )
  const parts = () => ({
    shops: sum(shops.map(({ pid }) => pid)),
    nginx: sum([proxy.pid, ...childrenOf(proxy.pid)]),
    pooler: cpuMs(pooler.pid),
    PostgreSQL: sum([stage.cluster.pid, ...childrenOf(stage.cluster.pid)]),
  })

  const deeds: Record<string, () => Promise<Asked | Asked[]> | Asked | Asked[]> = {
    'a book’s page': () => ({ path: `/livres/${SLUG}` }),
    'a purchase, form → 303': () => Array.from({ length: each }, buyHere),
    'a notice → paid': async () => noticesOf(await waitingOrders(stage, each)),
  }
  const rows = [['', 'processes', 'a second', ...Object.keys(parts()).map((part) => `${part}, µs`)]]
  for (const [deed, asked] of Object.entries(deeds)) {
    const measured = await inTurns(
      Object.fromEntries(
        PROCESSES.map((count) => [
          String(count),
          async () => {
            const requests = await asked()
            const before = parts()
            const target = { url: proxy.urls[count]!, pid: proxy.pid }
            const seen = await load(target, requests, {
              connections: CONNECTIONS,
              seconds: 2 * Number(values.scale),
            })
            const worked = Object.entries(parts()).map(
              ([part, ms]) =>
                ((ms - before[part as keyof typeof before]) * MICROSECONDS) / seen.requests,
            )
            return { perSecond: seen.perSecond, worked }
          },
        ]),
      ),
      Number(values.rounds),
    )
    for (const [count, seen] of Object.entries(measured))
      rows.push([
        deed,
        count,
        median(seen.map(({ perSecond }) => perSecond)).toFixed(0),
        ...seen[0]!.worked.map((_, part) =>
          median(seen.map(({ worked }) => worked[part]!)).toFixed(0),
        ),
      ])
  }
  proxy.stop()
  console.log(
    `Node ${process.version}, PostgreSQL ${stage.version}, ${cpus().length} × ${cpus()[0]!.model}`,
  )
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
} finally {
  await pooler.stop()
  await stage.close()
}
process.exit()

function sum(pids: number[]): number {
  return pids.reduce((total, pid) => total + cpuMs(pid), 0)
}

/** One nginx, with an address for each number of processes. */
async function startNginx(folder: string, hosts: readonly string[]) {
  const urls: Record<number, string> = {}
  const servers: string[] = []
  for (const count of PROCESSES) {
    const port = await freePort()
    urls[count] = `http://127.0.0.1:${port}`
    const upstream = hosts.slice(0, count).map((host) => `server ${host};`)
    servers.push(
      `upstream shops${count} { ${upstream.join(' ')} keepalive 32; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://shops${count};
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header Host $host;
        }
      }`,
    )
  }
  const room = (name: string) => `${name}_temp_path ${folder}/nginx-${name};`
  const settings = join(folder, 'many.conf')
  writeFileSync(
    settings,
    `daemon off; pid ${folder}/many.pid; error_log stderr; worker_processes 1; user root;
    events { worker_connections 512; }
    http {
      access_log off;
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(room).join(' ')}
      ${servers.join('\n')}
    }`,
  )
  const child = spawn('nginx', ['-e', 'stderr', '-c', settings], { stdio: 'ignore' })
  for (const url of Object.values(urls))
    for (let tries = 0; ; tries++) {
      const answered = await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (answered) break
      if (tries > 200) throw new Error('nginx did not start')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  return { urls, pid: child.pid!, stop: () => child.kill('SIGTERM') }
}
