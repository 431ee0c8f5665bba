import type { GrantedFile } from '../../data/orders/orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { pathsIn } from '../../links/addresses.ts'
import { TextField } from '../../views/form.tsx'
import { StatePage } from '../../views/state-page.tsx'
import { TapLine } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ContactLink } from './contact-link.tsx'

type FilePageProps = { file: GrantedFile; shop: Settings['shop']; language: Language }

/** Shown instead of a file that cannot be sent now. */
export function DamagedPage({ file, shop, language }: FilePageProps) {
  const words = wordsIn(language)
  const code = spellCode(file.code)
  return (
    <StatePage title={words.file.damaged.title} status="review">
      <p class="file-name">{file.name}</p>
      {words.file.damaged.text.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p class="soft small">{words.order.support(code)}</p>
      <ContactLink code={file.code} shop={shop} language={language} />
    </StatePage>
  )
}

export type LimitFault = 'not-these' | 'too-many'

type LimitPageProps = FilePageProps & { action: string; fault: LimitFault | undefined }

export function LimitPage({ file, action, fault, shop, language }: LimitPageProps) {
  const words = wordsIn(language)
  const { limit } = words.file
  const code = spellCode(file.code)
  return (
    <StatePage title={limit.title} status="review">
      <p>{limit.text}</p>
      <form method="post" action={action} novalidate>
        <TextField
          name="digits"
          label={limit.label}
          hint={limit.hint}
          error={fault && limit.faults[fault]}
          value=""
          type="tel"
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
          required
        />
        <button>{limit.go}</button>
      </form>
      {fault === 'too-many' && <TapLine to={pathsIn(language).find} label={words.find} />}
      <p class="soft small">{words.order.support(code)}</p>
      <ContactLink code={file.code} shop={shop} language={language} />
    </StatePage>
  )
}
