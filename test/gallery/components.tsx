import { SelectField, TextArea, TextField } from '../../src/views/form.tsx'
import { Cover } from '../../src/views/cover.tsx'
import type { Language } from '../../src/words/words.ts'
import { aBook, longBook, without } from './samples.ts'
import type { State } from './state.ts'

/** The parts that pages are made of, in one view. */
function Components({ language }: { language: Language }) {
  const field = { name: 'nom', label: 'Votre nom', value: '' }
  return (
    <main id="contenu">
      <h1>Un titre de page</h1>
      <p class="lead">Une phrase qui présente la page.</p>
      <h2>Un titre de partie</h2>
      <h3>Un titre de détail</h3>
      <p>
        Du texte, <a href="/">un lien</a>, <strong>un mot fort</strong>,{' '}
        <span class="soft">un mot discret</span>, <span class="small">un petit mot</span>,{' '}
        <span class="code">7K3M-94FT</span>.
      </p>
      <ol>
        <li>Un</li>
        <li>Deux</li>
      </ol>
      <div class="buttons">
        <a class="button" href="/">
          Le geste de la page
        </a>
        <a class="button quiet" href="/">
          Un autre geste
        </a>
        <button disabled>Pas maintenant</button>
      </div>
      <p class="note">Une note : quelque chose est dit en plus.</p>
      <div class="summary" role="alert">
        Il reste quelque chose à corriger.
      </div>
      <form>
        <TextField {...field} hint="Une aide, avant le champ." />
        <TextField {...field} name="nom-2" value="12" error="Une phrase dit ce qui ne va pas." />
        <SelectField
          name="pays"
          label="Pays"
          value="ML"
          options={[{ value: 'ML', label: 'Mali' }]}
        />
        <TextArea name="message" label="Message" value="Bonjour" rows={3} />
        <button>Envoyer</button>
      </form>
      <details>
        <summary>Ce qui est replié</summary>
        <p>Et qui se déplie.</p>
      </details>
      <div class="card">
        <h2>Une carte</h2>
        <p>Elle tient ce qui va ensemble.</p>
      </div>
      <ul class="shelf">
        {[aBook(), aBook(without), longBook(without)].map((book) => (
          <li>
            <Cover book={book} language={language} sizes="10rem" />
          </li>
        ))}
      </ul>
    </main>
  )
}

export const componentStates: State[] = [
  { name: 'composants', page: (language) => <Components language={language} /> },
]
