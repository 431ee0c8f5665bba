import type { Child } from 'hono/jsx'
import { CASE_OPERATORS } from '../../data/orders/disputes.ts'
import type { Question } from '../../limits/question.ts'
import { paths, pathsIn, whatsappAddress } from '../../links/addresses.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { Refusal, SelectField, TextArea, TextField } from '../../views/form.tsx'
import { PhoneFields } from '../../views/phone-fields.tsx'
import { QuestionField } from '../../views/question-field.tsx'
import { StatePage } from '../../views/state-page.tsx'
import { ButtonLink, TapLine } from '../../views/links.tsx'
import type { Language } from '../../words/words.ts'
import { MAX_MESSAGE_LENGTH } from './form.ts'
import type { ClaimErrors, ClaimTyped } from './form.ts'
import { claimWords } from './words.ts'

type ClaimPageProps = {
  typed: ClaimTyped
  errors?: ClaimErrors
  /** The order's key, if the order is known. */
  orderKey?: string
  /** It is paid, and was debited again. */
  isTwice?: boolean
  question?: Question
  /** The shop's number, E.164, or empty. */
  whatsapp: string
  /** Whether orders can be found by the operator's reference. */
  byReference: boolean
  language: Language
}

/** The form, for a known order (and phone) or without one. */
export function ClaimPage(props: ClaimPageProps) {
  const { typed, errors = {}, orderKey, question, whatsapp, language } = props
  const words = claimWords(language, props.byReference)
  const at = fieldsOf({ words, typed, errors })
  const action = orderKey ? paths.debited(orderKey) : pathsIn(language).debitedWithoutOrder
  return (
    <StatePage title={props.isTwice ? words.twice.title : words.title}>
      {props.isTwice ? (
        <p>{words.twice.lead}</p>
      ) : (
        <p>
          {words.lead} <strong>{words.dontPay}</strong>
        </p>
      )}
      <form method="post" action={action} novalidate>
        {Object.keys(errors).length > 0 && (
          <Refusal>
            {errors.summary ?? words.errors.summary}
            {errors.summary && <WhatsappLink whatsapp={whatsapp} language={language} />}
          </Refusal>
        )}
        {props.isTwice && <input type="hidden" name="twice" value="1" />}
        {!orderKey && <PhoneFields {...at('phone')} {...{ typed, errors, language }} required />}
        <TextField
          {...at('amount')}
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
          required
        />
        <SelectField
          {...at('operator')}
          options={[
            { value: '', label: words.choose },
            ...CASE_OPERATORS.map((name) => ({ value: name, label: words.operators[name] })),
          ]}
        />
        <TextField {...at('reference')} autocomplete="off" maxlength={80} />
        {orderKey && (
          <PhoneFields {...at('phone')} {...{ typed, errors, language }} label={words.otherPhone} />
        )}
        <TextArea {...at('message')} rows={3} maxlength={MAX_MESSAGE_LENGTH} />
        {question && <QuestionField question={question} language={language} />}
        <button>{words.go}</button>
      </form>
      <TapLine
        to={orderKey ? paths.order(orderKey) : pathsIn(language).find}
        label={orderKey ? words.back : words.told.find}
      />
    </StatePage>
  )
}

/** The same words whatever was found: see `claimByPhone`. */
export function ToldPage(props: Pick<ClaimPageProps, 'whatsapp' | 'byReference' | 'language'>) {
  const { whatsapp, byReference, language } = props
  const words = claimWords(language, byReference).told
  return (
    <StatePage title={words.title}>
      <p>{words.text}</p>
      <h2>{words.paidTitle}</h2>
      <ul>
        {words.paid.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <div class="buttons">
        <ButtonLink to={pathsIn(language).find} label={words.find} />
      </div>
      <h2>{words.notTitle}</h2>
      <p>{words.not}</p>
      <WhatsappLink whatsapp={whatsapp} language={language} />
    </StatePage>
  )
}

function WhatsappLink({ whatsapp, language }: { whatsapp: string; language: Language }): Child {
  const words = claimWords(language).told
  if (!whatsapp) return null
  return <TapLine to={whatsappAddress(whatsapp, words.message)} label={words.whatsapp} />
}
