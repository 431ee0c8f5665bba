import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { built, SHOP_NODE } from './built.ts'

/** The keys that it accepts by default. */
export const SIMULATOR_KEYS = {
  CINETPAY_API_KEY: 'simulator-api-key-0001',
  CINETPAY_SITE_ID: '445160',
  CINETPAY_SECRET: 'simulator-secret-key-0001',
}

/** And of the newer API's sandbox. */
export const SIMULATOR_V1_KEYS = {
  CINETPAY_API_KEY: 'sk_test_simulator-key-0001',
  CINETPAY_API_PASSWORD: 'simulator-password-0001',
}

/** `npm run simulator`: CinetPay, played by a process of its own. */
export async function startSimulator(port: number, environment: Record<string, string>) {
  const child = spawn(SHOP_NODE, [built('cli.mjs'), 'simulator'], {
    env: { PATH: process.env['PATH'], SIMULATOR_PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Whoever falls before `stop` takes it along.
  const end = () => void child.kill('SIGTERM')
  process.once('exit', end)
  await once(child.stdout, 'data')
  return {
    async stop() {
      process.off('exit', end)
      end()
      await once(child, 'exit')
    },
  }
}
