import type { Config } from '../config.ts'
import type { Sql } from '../data/database.ts'
import { DatabaseUnavailable } from '../data/database.ts'
import { serverVersion } from '../data/server.ts'
import type { ProbeAnswer } from '../payment/provider.ts'
import type { Shop } from '../shop.ts'
import type { Storage } from '../storage/storage.ts'

/** One thing that was looked at: a sentence, and a deed where something is wrong. */
export type Finding = { name: string; isWell: boolean; says: string; deed?: string }

/** Looks at what a sale needs, from this process. Changes nothing, here and over there. */
export async function examine(shop: Shop): Promise<Finding[]> {
  return [
    generation(shop.config),
    ...(shop.config.cinetpay ? [keys(await shop.provider.probe())] : []),
    await database(shop.sql),
    await storage(shop.files),
  ]
}

/** Which of CinetPay's two APIs the keys belong to. */
function generation({ cinetpay }: Config): Finding {
  const name = 'CinetPay'
  if (!cinetpay)
    return { name, isWell: true, says: 'No keys: a demonstration, paid through the simulator.' }
  if (cinetpay.generation === 'v2')
    return { name, isWell: true, says: `The keys are of checkout v2, for site ${cinetpay.siteId}.` }
  return cinetpay.isSandbox
    ? {
        name,
        isWell: true,
        says: 'The keys are of the newer API, and its sandbox: no money moves.',
      }
    : { name, isWell: true, says: 'The keys are of the newer API (v1).' }
}

function keys(answer: ProbeAnswer): Finding {
  const name = 'Its keys'
  switch (answer.kind) {
    case 'works':
      return { name, isWell: true, says: 'CinetPay accepts them.' }
    case 'wrong-key':
      return {
        name,
        isWell: false,
        says: 'CinetPay does not know the API key.',
        deed: 'Copy CINETPAY_API_KEY (and its password) again from the back office, menu "Intégration".',
      }
    case 'wrong-site':
      return {
        name,
        isWell: false,
        says: 'CinetPay knows the API key, and not the site.',
        deed: 'Copy CINETPAY_SITE_ID again from the back office, menu "Intégration".',
      }
    case 'unclear':
      return {
        name,
        isWell: false,
        says: `CinetPay answers "${answer.code}", which does not say whether it knows the keys.`,
        deed: 'Try again in some minutes; if it stays so, ask CinetPay whether the account is active.',
      }
    case 'unreachable':
      return {
        name,
        isWell: false,
        says: `CinetPay cannot be reached from here (${answer.reason}).`,
        deed: 'Ask the host whether it lets programs call other servers over https.',
      }
  }
}

async function database(sql: Sql): Promise<Finding> {
  const name = 'Database'
  const began = performance.now()
  try {
    const version = await serverVersion(sql)
    const ms = Math.round(performance.now() - began)
    return { name, isWell: true, says: `PostgreSQL ${version} answers in ${ms} ms.` }
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    return {
      name,
      isWell: false,
      says: `The database does not answer (${error.code}).`,
      deed: 'Check DATABASE_URL: host, port, user, password and the name of the database.',
    }
  }
}

async function storage(files: Storage): Promise<Finding> {
  const name = 'Files'
  try {
    await files.probe()
    return { name, isWell: true, says: 'Files can be written and read.' }
  } catch {
    return {
      name,
      isWell: false,
      says: 'Files cannot be written where the shop keeps them.',
      deed: 'Give the program that runs the shop the right to write in DATA_DIR, and free some space.',
    }
  }
}
