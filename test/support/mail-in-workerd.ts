import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { MailSettings } from '../../src/config/mail.ts'
import type { Mail, SendAnswer } from '../../src/contracts/mail.ts'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'
import type { Certificate } from './certificate.ts'

/** Carriers that send from inside workerd, which believes these certificates. */
export async function openMailInWorkerd(believed: readonly Certificate[]) {
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-believed-'))
  const path = join(folder, 'believed.pem')
  await writeFile(path, believed.map(({ cert }) => cert).join(''))
  // Miniflare reads this once, when it is imported: tests with other certificates are
  // *.alone.test.ts, whose modules are their own.
  process.env['NODE_EXTRA_CA_CERTS'] = path
  const { Miniflare } = await import('miniflare')
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('mail-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    write: false,
    logLevel: 'error',
  })
  const miniflare = new Miniflare({
    script: outputFiles[0]!.text,
    modules: true,
    ...WORKER_RUNTIME,
    // The runtime remarks on every certificate that it refuses.
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume()
      stderr.resume()
    },
  })
  const url = await miniflare.ready
  return {
    mailOf: (settings: MailSettings): Mail => ({
      perHour: settings.perHour,
      async send(letter) {
        const body = JSON.stringify({ settings, letter })
        return (await (await fetch(url, { method: 'POST', body })).json()) as SendAnswer
      },
    }),
    async close() {
      delete process.env['NODE_EXTRA_CA_CERTS']
      await miniflare.dispose()
      await rm(folder, { recursive: true })
    },
  }
}
