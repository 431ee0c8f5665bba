/** The two relays as processes of their own, each as a seller sets it up. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import * as fs from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './cluster.ts'

const PHP = '/usr/bin/php'
/** Where CI runs, PHP that is missing is a failure: its suite is never skipped there. */
export const phpIsHere = fs.existsSync(PHP) || Boolean(process.env['CI'])
if (!phpIsHere) console.log('No php: its relay is skipped. Install php-cli and php-curl.')

export const RELAY_SECRET = 'k2Lw8mZ4qVt6Yb1nRx9cHd3sPf7gJe5u'

type Given = { secret?: string | undefined; upstream?: string }
export type Relay = { url: string; output(): string; stop(): Promise<void> }

export async function nodeRelay(given: Given): Promise<Relay> {
  const port = await freePort()
  const env = { RELAY_SECRET: given.secret, RELAY_UPSTREAM: given.upstream, PORT: String(port) }
  return start(process.execPath, ['relay/relay.cjs'], env, port)
}

/** Uploaded into a folder, with its settings beside it. */
export async function phpRelay(given: Given): Promise<Relay> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-relay-'))
  await copyFile('relay/relay.php', join(folder, 'relay.php'))
  if (given.secret !== undefined)
    await writeFile(
      join(folder, 'relay-config.php'),
      // As editors leave it: a line before, a line behind.
      `\n<?php return '${given.secret}';\n?>\n`,
    )
  const env = { RELAY_UPSTREAM: given.upstream, PHP_CLI_SERVER_WORKERS: '4' }
  const relay = await start(PHP, ['-S', `127.0.0.1:${port}`, '-t', folder], env, port)
  return {
    ...relay,
    url: `${relay.url}relay.php`,
    stop: () => relay.stop().then(() => rm(folder, { recursive: true })),
  }
}

async function start(
  program: string,
  args: string[],
  environment: Record<string, string | undefined>,
  port: number,
): Promise<Relay> {
  // A group of its own: PHP's server has children.
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data))
  child.stderr.on('data', (data: Buffer) => (output += data))
  const end = () => void process.kill(-child.pid!, 'SIGTERM')
  process.once('exit', end)
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output}`)
    await pause(20)
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    output: () => output,
    async stop() {
      process.off('exit', end)
      end()
      await once(child, 'exit')
    },
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
