import { QUESTION_FIELDS } from '../limits/question.ts'
import type { Question } from '../limits/question.ts'
import { limitWords } from '../limits/words.ts'
import type { Language } from '../words/words.ts'
import { TextField } from './form.tsx'

/** For any form: the question asked when too many requests come from the visitor's network. */
export function QuestionField({ question, language }: { question: Question; language: Language }) {
  const words = limitWords(language)
  return (
    <>
      <input type="hidden" name={QUESTION_FIELDS.token} value={question.token} />
      <TextField
        name={QUESTION_FIELDS.answer}
        label={words.label(question.words)}
        hint={words.hint}
        value=""
        inputmode="numeric"
        autocomplete="off"
        maxlength={20}
        required
      />
    </>
  )
}
