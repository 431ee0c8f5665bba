import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { paths } from '../../links/addresses.ts'
import { findSuitcase } from '../../data/archive/archives.ts'
import { receiveWhole } from '../../files/uploads/pieces.ts'
import { seal, unseal } from '../../lib/sealed.ts'
import { archivePieces, endArrival, startArrival } from '../../backup/arrive.ts'
import { dropSuitcase } from '../../backup/backup.ts'
import { beginSuitcase } from '../../backup/pack.ts'
import { workOnSuitcase } from '../../backup/work.ts'
import { defineDeed, go } from '../deeds/deed.ts'
import { MAX_PASSPHRASE, MIN_PASSPHRASE } from './pages.tsx'
import { findArrived, sealedOf, showArrived, showRoom } from './show.tsx'
import { suitcaseWords } from './words.ts'

/** Held in memory, in pieces of which a Worker with 128 MB has room for some. */
const MAX_SIMPLE_BYTES = 32 * 1024 * 1024

const toRoom = () => paths.suitcases

const make = defineDeed({
  path: paths.makeSuitcase,
  by: 'owner',
  stepUp: { page: toRoom },
  within: showRoom,
  act: async ({ shop, person, sent, language }) => {
    const passphrase = sent.get('passphrase') ?? ''
    const isFit = passphrase.length >= MIN_PASSPHRASE && passphrase.length <= MAX_PASSPHRASE
    if (passphrase !== '' && !isFit)
      return { errors: { passphrase: suitcaseWords(language).make.tooShort } }
    const sealed = passphrase === '' ? null : await seal(shop.config.appSecret, passphrase)
    const id = await beginSuitcase(shop, { kind: 'export', sealed })
    shop.log('suitcase.begun', { suitcase: id, kind: 'export', personId: person.id })
    await workOnSuitcase(shop, { only: id })
    return paths.suitcase(id)
  },
})

const remove = defineDeed({
  path: paths.removeSuitcase.pattern,
  by: 'owner',
  stepUp: { page: toRoom, isSentAgain: true },
  on: async ({ shop, place }) => (await findSuitcase(shop.sql, place('id'))) ?? go(toRoom()),
  act: async ({ shop, person }, suitcase) => {
    await dropSuitcase(shop, suitcase)
    shop.log('suitcase.removed', { suitcase: suitcase.id, personId: person.id })
    return toRoom()
  },
})

/** An archive by a plain form; with the script it comes in pieces (`arrivals.ts`). */
const bring = defineDeed({
  path: paths.simpleArrival,
  by: 'owner',
  stepUp: { page: toRoom },
  maxBytes: MAX_SIMPLE_BYTES,
  files: { tooLarge: ({ language }) => ({ file: suitcaseWords(language).arrive.tooLarge }) },
  within: showRoom,
  act: async ({ shop, sent, files, language }) => {
    const words = suitcaseWords(language).arrive
    const file = files.get('file')
    if (!file) return { errors: { file: words.noFile } }
    if (!(await isEmptyShop(shop.sql))) return { errors: { file: words.notEmpty }, status: 409 }
    const asked = { sizeBytes: file.size, withoutFiles: sent.has('withoutFiles') }
    const suitcase = await startArrival(shop, asked)
    if (!(await receiveWhole(shop, archivePieces, suitcase, file)))
      return { errors: { file: words.full }, status: 507 }
    await endArrival(shop, (await findArrived(shop, suitcase.id))!)
    await workOnSuitcase(shop, { only: suitcase.id })
    return paths.suitcase(suitcase.id)
  },
})

const openSecret = defineDeed({
  path: paths.arrivalSecret.pattern,
  by: 'owner',
  stepUp: { page: ({ place }) => paths.suitcase(place('id')) },
  on: ({ shop, place }) => findArrived(shop, place('id')),
  within: showArrived,
  act: async ({ shop, person, sent, language }, suitcase) => {
    const sealed = await sealedOf(shop, suitcase)
    const secret = sealed && (await unseal(sealed, sent.get('passphrase') ?? ''))
    if (!secret) return { errors: { passphrase: suitcaseWords(language).arrive.wrong } }
    shop.log('suitcase.unsealed', { suitcase: suitcase.id, personId: person.id })
    return { more: secret }
  },
})

export const suitcaseDeeds = [make, remove, bring, openSecret]
