import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { readConfig } from '../config/config.ts'
import type { Config } from '../config/config.ts'
import { isConfigured, settingsOf, tidyUp } from './installer/node-host.ts'
import { readText, writeNew } from '../lib/safe-files.ts'
import { serveInstaller } from './installer/serve.ts'
import { describeError, lineLog } from '../lib/log.ts'
import { keepChoice, startOfPackage, stepBack } from './node/releases.ts'

/**
 * The entry of the cPanel package: the installer until there are settings, then the shop. A shop
 * whose settings are broken never opens the installer again, which would hand it to any visitor:
 * visitors see one sentence, and the log has the reason.
 */
const start = startOfPackage()
if (!start) throw new Error('packaged.mjs is started by passenger.cjs')
const { root, say } = start
const log = lineLog(
  (line) => process.stdout.write(`${line}\n`),
  () => new Date(),
)

if (isConfigured(root, process.env)) await openShop()
else serveInstaller(root, log)

async function openShop() {
  const settings = settingsOf(root, process.env)
  const reading = readConfig(settings)
  const faults = reading.ok ? [] : reading.faults
  if (!settings['DATABASE_URL']) faults.push('DATABASE_URL is missing.')
  if (!reading.ok || faults.length > 0) return close(faults.join(' '))
  const stranger = otherShopIn(reading.config)
  if (stranger) return close(stranger)
  try {
    await import('./node.ts')
  } catch (error) {
    log('process.failed', describeError(error))
    if (stepBack(start!)) {
      log('version.failed', { id: start!.id })
      process.exit(1)
    }
    return close(error instanceof Error ? error.message : String(error))
  }
  try {
    keepChoice(start!)
  } catch (error) {
    log('file.unwritable', describeError(error))
  }
}

function close(reason: string) {
  say(
    'La boutique est en réparation et revient bientôt. Rien n’est perdu : les achats déjà faits restent. Si c’est votre boutique, le journal de l’application (stderr.log, ou « Erreurs » dans cPanel) dit ce qui ne va pas.',
    'The shop is being mended and comes back soon. Nothing is lost: what was bought stays. If it is your shop, the application’s log (stderr.log, or “Errors” in cPanel) says what is wrong.',
    reason,
  )
}

/**
 * Two shops in one folder would read and sweep away each other's files. The first one to start here
 * leaves its mark, made from the secret that its links depend on; another secret is another shop.
 */
function otherShopIn({ appSecret, dataDir }: Config): string | undefined {
  const folder = resolve(root, dataDir)
  const file = join(folder, 'shop.json')
  const mark = createHash('sha256').update(`shop in a folder ${appSecret}`).digest('hex')
  const mine = JSON.stringify({ mark: mark.slice(0, 32) })
  try {
    writeNew(file, mine)
    tidyUp(folder)
  } catch (error) {
    // It sells all the same; the doctor reports the folder.
    log('file.unwritable', { path: folder, ...describeError(error) })
  }
  const theirs = readText(file)
  return theirs === undefined || theirs === mine
    ? undefined
    : `The folder ${folder} belongs to another shop, or APP_SECRET was changed: put back the APP_SECRET of this shop, or set DATA_DIR to a folder of its own.`
}
