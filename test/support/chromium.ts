import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome']

/** The machine's own browser; undefined if there is none. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path))

if (!chromiumPath)
  console.log(
    'No Chromium: browser suites are skipped. Install Debian’s chromium, or set CHROMIUM.',
  )

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
