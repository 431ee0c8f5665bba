import { paths, pathsIn } from '../../links/addresses.ts'
import { TextField } from '../../views/form.tsx'
import { StatePage } from '../../views/state-page.tsx'
import { ButtonLink, TapLine } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** What a link preview shows of a private link: nothing about the order. A person follows its link. */
export function CardPage({ shopName, language }: { shopName: string; language: Language }) {
  const words = wordsIn(language).order.card
  return (
    <StatePage title={words.title}>
      <p>{words.text(shopName)}</p>
      <div class="buttons">
        <ButtonLink to="?ouvrir" label={words.open} />
      </div>
    </StatePage>
  )
}

type DigitsPageProps = { orderKey: string; error?: string; language: Language }

/** An unknown device is asked for something that the buyer knows; nothing about the buyer is shown. */
export function DigitsPage({ orderKey, error, language }: DigitsPageProps) {
  const words = wordsIn(language).order.digits
  return (
    <StatePage title={words.title}>
      <p>{words.text}</p>
      <form method="post" action={paths.openOrder(orderKey)} novalidate>
        <TextField
          name="digits"
          label={words.label}
          error={error}
          value=""
          inputmode="numeric"
          autocomplete="off"
          maxlength={8}
          required
        />
        <button>{words.open}</button>
      </form>
      <TapLine to={pathsIn(language).find} label={wordsIn(language).find} />
    </StatePage>
  )
}
