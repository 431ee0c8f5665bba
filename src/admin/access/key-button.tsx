import type { Language } from '../../words/words.ts'
import { accessWords } from './words.ts'

type KeyButtonProps = {
  language: Language
  deed: 'enter' | 'add' | 'prove'
  /** Where the challenge is fetched, and where the answer is posted. */
  question: string
  answer: string
  next?: string | undefined
  /** A form that waits for the passkey, and is sent afterwards instead of opening a page. */
  form?: { id: string; action: string } | undefined
  label: string
  lead?: string | undefined
  /** Shown without scripts or passkey support. */
  without?: string | undefined
}

/** Works only with a script: hidden until browser/passkey.ts finds it. */
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
