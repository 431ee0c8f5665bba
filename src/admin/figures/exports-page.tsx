import { paths } from '../../links/addresses.ts'
import { CheckField, TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import type { RangeReading, TypedRange } from './range.ts'
import { EXPORT_FILES, isOfContacts } from './tables.ts'
import { figuresWords } from './words.ts'

export type ExportsPageProps = {
  language: Language
  typed: TypedRange
  isOwner: boolean
  withContacts: boolean
  errors?: (RangeReading & { ok: false })['errors']
}

export function ExportsPage(props: ExportsPageProps) {
  const { language, typed, isOwner, withContacts, errors = {} } = props
  const words = figuresWords(language).exports
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
