import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { paths } from '../../links/addresses.ts'
import { findBackup } from '../../data/archive/archives.ts'
import { receiveWhole } from '../../files/uploads/pieces.ts'
import { seal, unseal } from '../../lib/sealed.ts'
import { archivePieces, endArrival, startArrival } from '../../backup/arrive.ts'
import { dropBackup } from '../../backup/backup.ts'
import { beginBackup } from '../../backup/pack.ts'
import { workOnBackup } from '../../backup/work.ts'
import { defineDeed, go } from '../deeds/deed.ts'
import { MAX_PASSPHRASE, MIN_PASSPHRASE } from './pages.tsx'
import { findArrived, sealedOf, showArrived, showRoom } from './show.tsx'
import { backupWords } from './words.ts'

/** Held in memory, in pieces; a Worker with 128 MB has room for that. */
const MAX_SIMPLE_BYTES = 32 * 1024 * 1024

const toRoom = () => paths.backups

const make = defineDeed({
  path: paths.makeBackup,
  by: 'owner',
  stepUp: { page: toRoom },
  within: showRoom,
  act: async ({ shop, person, sent, language }) => {
    const passphrase = sent.get('passphrase') ?? ''
    const isFit = passphrase.length >= MIN_PASSPHRASE && passphrase.length <= MAX_PASSPHRASE
    if (passphrase !== '' && !isFit)
      return { errors: { passphrase: backupWords(language).make.tooShort } }
    const sealed = passphrase === '' ? null : await seal(shop.config.appSecret, passphrase)
    const id = await beginBackup(shop, { kind: 'export', sealed })
    shop.log('backup.begun', { backup: id, kind: 'export', personId: person.id })
    await workOnBackup(shop, { only: id })
    return paths.backup(id)
  },
})

const remove = defineDeed({
  path: paths.removeBackup.pattern,
  by: 'owner',
  stepUp: { page: toRoom, isSentAgain: true },
  on: async ({ shop, place }) => (await findBackup(shop.sql, place('id'))) ?? go(toRoom()),
  act: async ({ shop, person }, backup) => {
    await dropBackup(shop, backup)
    shop.log('backup.removed', { backup: backup.id, personId: person.id })
    return toRoom()
  },
})

/** An archive sent by a plain form; with the script it comes in pieces (`routes.tsx`). */
const bring = defineDeed({
  path: paths.simpleArrival,
  by: 'owner',
  stepUp: { page: toRoom },
  maxBytes: MAX_SIMPLE_BYTES,
  files: { tooLarge: ({ language }) => ({ file: backupWords(language).arrive.tooLarge }) },
  within: showRoom,
  act: async ({ shop, sent, files, language }) => {
    const words = backupWords(language).arrive
    const file = files.get('file')
    if (!file) return { errors: { file: words.noFile } }
    if (!(await isEmptyShop(shop.sql))) return { errors: { file: words.notEmpty }, status: 409 }
    const asked = { sizeBytes: file.size, withoutFiles: sent.has('withoutFiles') }
    const backup = await startArrival(shop, asked)
    if (!(await receiveWhole(shop, archivePieces, backup, file)))
      return { errors: { file: words.full }, status: 507 }
    await endArrival(shop, (await findArrived(shop, backup.id))!)
    await workOnBackup(shop, { only: backup.id })
    return paths.backup(backup.id)
  },
})

const openSecret = defineDeed({
  path: paths.arrivalSecret.pattern,
  by: 'owner',
  stepUp: { page: ({ place }) => paths.backup(place('id')) },
  on: ({ shop, place }) => findArrived(shop, place('id')),
  within: showArrived,
  act: async ({ shop, person, sent, language }, backup) => {
    const sealed = await sealedOf(shop, backup)
    const secret = sealed && (await unseal(sealed, sent.get('passphrase') ?? ''))
    if (!secret) return { errors: { passphrase: backupWords(language).arrive.wrong } }
    shop.log('backup.unsealed', { backup: backup.id, personId: person.id })
    return { more: secret }
  },
})

export const backupDeeds = [make, remove, bring, openSecret]
