import { Hono } from 'hono'
import type { Context } from 'hono'
import { bytesOf, readForm } from '../../forms/read.ts'
import { readSettings } from '../../data/settings.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { imageSize } from '../../lib/image-size.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import type { Logo, Settings } from '../../config/settings.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { logoPath, shownSize } from '../../views/logo.ts'
import type { Language } from '../../words/words.ts'
import type { DeskEnv } from '../guard.ts'
import { logoScript } from '../scripts.ts'
import { logoWords } from './logo-words.ts'
import type { LogoFault } from './logo-words.ts'

/** A small picture before the shop's name. Every visitor pays for it: it is light, or absent. */
export const logo = new Hono<DeskEnv>()

const PATH = `${paths.settings}/apparence/logo`
const MAX_FORM_BYTES = 4_000_000
const MAX_LOGO_BYTES = 20_000
const MAX_SIDE = 2_000
const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
/** Somebody may save the colour at the same moment. */
const MOST_TRIES = 3

logo.get(PATH, async (c) => show(c))

logo.post(PATH, async (c) => {
  const upload = await readForm(c.req.raw, MAX_FORM_BYTES, { files: true })
  if (upload.kind === 'malformed') return renderFault(c, 400)
  const bytes = upload.kind === 'read' ? (await bytesOf(upload.files)).get('logo') : undefined
  const fault = upload.kind === 'too-large' ? 'heavy' : faultOf(bytes)
  if (fault || !bytes) {
    c.status(422)
    return show(c, fault)
  }
  const { type, width, height } = imageSize(bytes)!
  const key = `look/logo-${hex(randomBytes(8))}.${ENDINGS[type]}`
  await c.env.files.put(key, new Blob([bytes as BlobPart]).stream(), bytes.length)
  return change(c, { key, type, width, height })
})

logo.post(`${PATH}/enlever`, (c) => change(c, null))

function faultOf(bytes: Uint8Array | undefined): LogoFault | undefined {
  if (!bytes) return 'none'
  const size = imageSize(bytes)
  if (!size || Math.max(size.width, size.height) > MAX_SIDE) return 'type'
  return bytes.length > MAX_LOGO_BYTES ? 'heavy' : undefined
}

/** The picture of before is forgotten behind the answer: one that stays on the disk is no harm. */
async function change(c: Context<DeskEnv>, chosen: Logo | null) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { look, versions } = await readSettings(c.env.sql)
    const seen = { versionSeen: versions.look, personId: c.var.person.id }
    if (!(await saveSettings(c.env, 'look', { ...look, logo: chosen }, seen))) continue
    if (look.logo) c.env.background(c.env.files.remove(look.logo.key))
    c.env.log('settings.saved', { section: 'look', personId: c.var.person.id })
    return c.redirect(`${PATH}?fait=enregistre`, 303)
  }
  return renderFault(c, 503)
}

async function show(c: Context<DeskEnv>, fault?: LogoFault) {
  const { language } = c.var
  const { look } = await readSettings(c.env.sql)
  const isSaved = c.req.query('fait') === 'enregistre'
  return c.render(<LogoPage {...{ look, fault, isSaved, language }} />, {
    title: logoWords(language).title,
    scripts: [logoScript],
  })
}

type LogoPageProps = {
  look: Settings['look']
  fault: LogoFault | undefined
  isSaved: boolean
  language: Language
}

function LogoPage({ look, fault, isSaved, language }: LogoPageProps) {
  const words = logoWords(language)
  return (
    <main id="contenu" class="form-page">
      <p>
        <a href={`${paths.settings}/apparence`}>← {words.back}</a>
      </p>
      <h1>{words.title}</h1>
      {isSaved && (
        <p class="note" role="status">
          {words.saved}
        </p>
      )}
      {look.logo && (
        <form method="post" action={`${PATH}/enlever`}>
          <img src={logoPath(look.logo)} alt={words.now} {...shownSize(look.logo)} />
          <p>
            <button class="link">{words.drop}</button>
          </p>
        </form>
      )}
      <form method="post" action={PATH} enctype="multipart/form-data" data-logo>
        <div class="field">
          <label for="logo">{words.choose}</label>
          <p class="hint" id="logo-hint">
            {words.hint}
          </p>
          <input
            type="file"
            id="logo"
            name="logo"
            accept="image/png,image/jpeg,image/webp"
            aria-describedby={fault ? 'logo-hint logo-error' : 'logo-hint'}
            aria-invalid={fault ? 'true' : undefined}
          />
          {fault && (
            <p class="error" id="logo-error">
              {words.faults[fault]}
            </p>
          )}
        </div>
        <button>{words.send}</button>
      </form>
    </main>
  )
}
