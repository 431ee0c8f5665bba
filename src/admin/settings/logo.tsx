import { readSettings } from '../../data/settings.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { imageSize } from '../../lib/image-size.ts'
import { bytesOf } from '../../forms/read.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import type { Logo, Settings } from '../../config/settings.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { Field, tie } from '../../views/form.tsx'
import { logoPath, shownSize } from '../../views/logo.ts'
import type { Language } from '../../words/words.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import { logoScript } from '../scripts.ts'
import { logoWords } from './logo-words.ts'
import type { LogoFault } from './logo-words.ts'
import { DeskMain, Note } from '../parts.tsx'

/** A small picture before the shop's name. Every visitor pays for it, so it is light or absent. */
const PATH = paths.shopLogo
const MAX_FORM_BYTES = 4_000_000
const MAX_LOGO_BYTES = 20_000
const MAX_SIDE = 2_000
const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
/** Somebody may save the colour at the same moment. */
const MOST_TRIES = 3

const setLogo = defineDeed({
  path: PATH,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  files: { tooLarge: ({ language }) => ({ logo: logoWords(language).faults.heavy }) },
  page: async ({ shop, language, query }, _, { sent, errors }) => {
    const { look } = await readSettings(shop.sql)
    const isSaved = !sent && query('fait') === 'enregistre'
    return {
      title: logoWords(language).title,
      scripts: [logoScript],
      body: <LogoPage {...{ look, error: errors['logo'], isSaved, language }} />,
    }
  },
  act: async ({ shop, person, files, language }) => {
    const bytes = (await bytesOf(files)).get('logo')
    const fault = faultOf(bytes)
    if (fault || !bytes) return { errors: { logo: logoWords(language).faults[fault ?? 'none'] } }
    const { type, width, height } = imageSize(bytes)!
    const key = `look/logo-${hex(randomBytes(8))}.${ENDINGS[type]}`
    await shop.files.put(key, new Blob([bytes as BlobPart]).stream(), bytes.length)
    return change(shop, person.id, { key, type, width, height })
  },
})

const takeLogoOff = defineDeed({
  path: `${PATH}/enlever`,
  by: 'owner',
  act: ({ shop, person }) => change(shop, person.id, null),
})

export const logoDeeds = [setLogo, takeLogoOff]

function faultOf(bytes: Uint8Array | undefined): LogoFault | undefined {
  if (!bytes) return 'none'
  const size = imageSize(bytes)
  if (!size || Math.max(size.width, size.height) > MAX_SIDE) return 'type'
  return bytes.length > MAX_LOGO_BYTES ? 'heavy' : undefined
}

/** The previous picture is deleted after the answer: one that stays on the disk does no harm. */
async function change(shop: Shop, personId: number, chosen: Logo | null) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { look, versions } = await readSettings(shop.sql)
    const seen = { versionSeen: versions.look, personId }
    if (!(await saveSettings(shop, 'look', { ...look, logo: chosen }, seen))) continue
    if (look.logo) shop.background(shop.files.remove(look.logo.key))
    shop.log('settings.saved', { section: 'look', personId })
    return `${PATH}?fait=enregistre`
  }
  return fault(503)
}

type LogoPageProps = {
  look: Settings['look']
  error: string | undefined
  isSaved: boolean
  language: Language
}

function LogoPage({ look, error, isSaved, language }: LogoPageProps) {
  const words = logoWords(language)
  const back = { to: paths.settingsPage('apparence'), label: words.back }
  const field = { name: 'logo', hint: words.hint, error }
  return (
    <DeskMain class="form-page" title={words.title} back={back}>
      <Note text={isSaved && words.saved} />
      {look.logo && (
        <form method="post" action={`${PATH}/enlever`}>
          <img src={logoPath(look.logo)} alt={words.now} {...shownSize(look.logo)} />
          <p>
            <button class="link">{words.drop}</button>
          </p>
        </form>
      )}
      <form method="post" action={PATH} enctype="multipart/form-data" data-logo>
        <Field {...field} label={words.choose}>
          <input {...tie(field)} type="file" accept="image/png,image/jpeg,image/webp" />
        </Field>
        <button>{words.send}</button>
      </form>
    </DeskMain>
  )
}
