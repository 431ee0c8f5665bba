import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { lookUp } from '../../src/lib/look-up.ts'
import { cannotListen } from '../../src/lib/listening.ts'
import { simulator } from './app.tsx'
import { memoryLedger } from './ledger.ts'
import type { Pack } from './options.ts'

const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
const pack: Pack = (encoding, body) => (lookUp(packers, encoding) ?? gzipSync)(body)

/** CinetPay's simulator alone: for a shop that is set up to use it as a stand-in. */
export async function simulate(): Promise<void> {
  const key = process.env.CINETPAY_API_KEY
  const keys = {
    apiKey: 'simulator-api-key-0001',
    siteId: '445160',
    secret: 'simulator-secret-key-0001',
  }
  const v1 = { apiKey: 'sk_test_simulator-key-0001', apiPassword: 'simulator-password-0001' }
  if (key !== undefined && key !== keys.apiKey && key !== v1.apiKey) {
    console.error(
      'CINETPAY_API_KEY is set to another key: the simulator does not run beside real keys.',
    )
    process.exit(1)
  }
  const port = Number(process.env.SIMULATOR_PORT || 3100)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error('SIMULATOR_PORT is not a port: a number from 1 to 65535.')
    process.exit(1)
  }
  const url = `http://localhost:${port}`
  const played = simulator({
    ...keys,
    v1,
    url,
    ledger: memoryLedger(),
    fetch: (request) => fetch(request),
    now: () => new Date(),
    pack,
  })
  const server = createAdaptorServer({ fetch: played.fetch })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const says = cannotListen(error, { port, setting: 'SIMULATOR_PORT' })
    if (!says) throw error
    console.error(says)
    process.exit(1)
  })
  server.listen(port, '127.0.0.1', () => {
    console.log(`The simulator plays CinetPay on ${url}. Give the shop these settings:

  CINETPAY_API_URL=${url}
  CINETPAY_API_KEY=${v1.apiKey}
  CINETPAY_API_PASSWORD=${v1.apiPassword}
  APP_SECRET=a long random text
  DEMONSTRATION=on (beside a PUBLIC_URL)

or these, for CinetPay's older API, Checkout v2:

  CINETPAY_API_URL=${url}
  CINETPAY_API_KEY=${keys.apiKey}
  CINETPAY_SITE_ID=${keys.siteId}
  CINETPAY_SECRET=${keys.secret}

Its faults are chosen on ${url} (those of the API) and on the page of each payment.
`)
  })
}
