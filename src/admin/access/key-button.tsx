import type { Language } from '../../words/words.ts'
import { accessWords } from './words.ts'

type KeyButtonProps = {
  language: Language
  deed: 'enter' | 'add' | 'prove'
  /** Where the challenge comes from, and where the answer goes. */
  question: string
  answer: string
  next?: string | undefined
  /** A form that waits for the key: where it goes afterwards, instead of a page. */
  form?: { id: string; action: string } | undefined
  label: string
  lead?: string | undefined
  /** Shown where there is no script, or no passkeys. */
  without?: string | undefined
}

/** A button that only a script can serve: hidden until browser/passkey.ts finds it. */
export function KeyButton({ language, label, lead, without, ...props }: KeyButtonProps) {
  const words = accessWords(language).key
  return (
    <div
      data-passkey={props.deed}
      data-question={props.question}
      data-answer={props.answer}
      data-next={props.next}
      data-form={props.form?.id}
      data-form-action={props.form?.action}
      data-failed={words.failed}
      data-cancelled={words.cancelled}
      data-already={words.already}
      data-offline={words.offline}
    >
      {without && <p class="hint">{without}</p>}
      <div class="buttons" hidden>
        {lead && <p class="soft">{lead}</p>}
        <button type="button" class="quiet">
          {label}
        </button>
      </div>
      <p class="error" role="alert" hidden></p>
    </div>
  )
}
