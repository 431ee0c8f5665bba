import { paths } from '../../links/addresses.ts'
import { CheckField, TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { PRESETS } from './range.ts'
import type { Presets, RangeReading, TypedRange } from './range.ts'
import { EXPORT_FILES, isOfContacts } from './tables.ts'
import { figuresWords } from './words.ts'

export type ExportsPageProps = {
  language: Language
  typed: TypedRange
  presets: Presets
  isOwner: boolean
  withContacts: boolean
  errors?: (RangeReading & { ok: false })['errors']
}

const isSame = (one: TypedRange, other: TypedRange) => one.du === other.du && one.au === other.au

export function ExportsPage(props: ExportsPageProps) {
  const { language, typed, presets, isOwner, withContacts, errors = {} } = props
  const all = figuresWords(language)
  const words = all.exports
  const error = (name: keyof TypedRange) => errors[name] && words.errors[errors[name]]
  return (
    <main id="contenu" class="figures exports">
      <p>
        <a class="back" href={paths.figures(30)}>
          {words.back}
        </a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <nav aria-label={all.periods}>
        <ul class="periods">
          {PRESETS.map((name) => (
            <li>
              <a
                href={paths.exportsOf(presets[name], withContacts)}
                aria-current={isSame(presets[name], typed) ? 'page' : undefined}
              >
                {words.presets[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" action={paths.exportFile('commandes')}>
        <div class="row">
          <TextField
            name="du"
            label={words.from}
            type="date"
            value={typed.du}
            error={error('du')}
          />
          <TextField
            name="au"
            label={words.until}
            type="date"
            value={typed.au}
            error={error('au')}
          />
        </div>
        {isOwner && (
          <CheckField
            name="coordonnees"
            label={words.withContacts}
            hint={words.withContactsHint}
            checked={withContacts}
          />
        )}
        <ul class="files">
          {EXPORT_FILES.filter((file) => isOwner || !isOfContacts(file)).map((file) => (
            <li>
              <button class="quiet" formaction={paths.exportFile(file)}>
                {words.download(words.files[file])}
              </button>
              <p class="soft small">{words.tells[file]}</p>
            </li>
          ))}
        </ul>
      </form>
    </main>
  )
}
