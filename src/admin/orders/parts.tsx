import type { Child } from 'hono/jsx'
import { OTHER_COUNTRY } from '../../views/buy-form.tsx'
import { Refusal, SelectField, TextArea, TextField } from '../../views/form.tsx'
import type { OrderStatus } from '../../data/orders/orders.ts'
import { lookUp } from '../../lib/look-up.ts'
import { countryOptions } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'
import type { ContactTyped, Errors } from './forms.ts'
import { orderWords } from './words.ts'

/** What several pages of this room show. */
const MOODS: Record<OrderStatus, string> = {
  paid: 'good',
  pending: 'soft',
  review: 'bad',
  failed: 'soft',
  expired: 'soft',
  refunded: 'soft',
  revoked: 'bad',
}

export function StatusBadge({ status, language }: { status: OrderStatus; language: Language }) {
  return <span class={`badge ${MOODS[status]}`}>{orderWords(language).statuses[status]}</span>
}

/** After a deed, what was done; `?fait=` names it. */
export function DoneNote({ done, language }: { done: string | undefined; language: Language }) {
  const { done: sentences } = orderWords(language)
  const sentence = done && lookUp(sentences, done)
  if (!sentence) return null
  return (
    <p class="note" role="status">
      {sentence}
    </p>
  )
}

type RefusedProps = { errors: object; clash?: string | undefined; language: Language }

/** Above a form that was not taken: somebody was first, or a field is wrong. */
export function Refused({ errors, clash, language }: RefusedProps): Child {
  if (!clash && Object.keys(errors).length === 0) return null
  return <Refusal>{clash ?? deskWords(language).summary}</Refusal>
}

type ContactFieldsProps = { typed: ContactTyped; errors: Errors<string>; language: Language }

export function ContactFields({ typed, errors, language }: ContactFieldsProps) {
  const words = orderWords(language).sale
  const countries = countryOptions(language)
  return (
    <>
      <TextField
        name="name"
        label={words.name}
        error={errors['name']}
        value={typed.name}
        maxlength={100}
        autocomplete="off"
        required
      />
      <SelectField
        name="country"
        label={words.country}
        error={errors['country']}
        value={typed.country}
        options={[...countries, { value: OTHER_COUNTRY, label: words.otherCountry }]}
      />
      <TextField
        name="phone"
        label={words.phone}
        hint={words.phoneHint}
        error={errors['phone']}
        value={typed.phone}
        type="tel"
        inputmode="tel"
        maxlength={40}
        autocomplete="off"
        required
      />
      <TextField
        name="email"
        label={words.email}
        error={errors['email']}
        value={typed.email}
        type="email"
        maxlength={254}
        autocomplete="off"
      />
    </>
  )
}

type ReasonFieldProps = { value: string; error: string | undefined; language: Language }

export function ReasonField({ value, error, language }: ReasonFieldProps) {
  const words = orderWords(language).deeds
  return (
    <TextArea
      name="reason"
      label={words.reason}
      hint={words.reasonHint}
      error={error}
      value={value}
      rows={2}
      maxlength={500}
    />
  )
}
