import type { Child } from 'hono/jsx'
import { deskStylesheetPath } from '../../admin/assets.ts'
import { OWN_COLOUR } from '../../config/settings.ts'
import { stylesheetPath } from '../../views/assets.ts'
import { Refusal } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { STEPS } from './settings.ts'
import type { Errors, Step } from './settings.ts'
import { installerWords } from './words.ts'
import { paths } from '../../links/addresses.ts'

type FrameProps = {
  language: Language
  title: string
  /** The page reloads itself after this time. */
  refreshSeconds?: number
  children: Child
}

export function Frame({ language, title, refreshSeconds, children }: FrameProps) {
  const words = installerWords(language)
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · ${words.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {refreshSeconds && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <link rel="stylesheet" href={stylesheetPath(OWN_COLOUR)} />
        <link rel="stylesheet" href={deskStylesheetPath} />
        <link rel="icon" href={paths.favicon} type="image/svg+xml" />
      </head>
      <body class="desk">
        <header class="top">
          <div>
            <span class="name">Kiosque</span>
            <span class="soft">{words.title}</span>
          </div>
        </header>
        <main id="contenu" class="form-page">
          {children}
        </main>
      </body>
    </html>
  )
}

/** The host check, then the steps with a form. */
const PLACES: readonly string[] = ['host', ...STEPS]

export const stepPaths: Record<Step | 'host', string> = {
  host: paths.installerStep('hebergeur'),
  address: paths.installerStep('adresse'),
  database: paths.installerStep('base'),
  payment: paths.installerStep('paiements'),
  mail: paths.installerStep('courrier'),
  owner: paths.installerStep('responsable'),
}

type StepFrameProps = {
  step: Exclude<Step, 'owner'> | 'host'
  language: Language
  errors?: Errors | undefined
  children: Child
}

export function StepFrame({ step, language, errors = {}, children }: StepFrameProps) {
  const words = installerWords(language)
  const place = PLACES.indexOf(step)
  const before = PLACES[place - 1] as keyof typeof stepPaths | undefined
  const { title, lead } = words[step]
  return (
    <Frame language={language} title={title}>
      <p class="soft small">
        {words.stepOf(place + 1, PLACES.length)}
        {before && (
          <>
            {' · '}
            <a href={stepPaths[before]}>{words.back}</a>
          </>
        )}
      </p>
      <h1>{title}</h1>
      {Object.keys(errors).length > 0 && <Refusal>{errors[''] ?? words.summary}</Refusal>}
      <p class="lead">{lead}</p>
      {children}
    </Frame>
  )
}
