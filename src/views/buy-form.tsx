import type { Child } from 'hono/jsx'
import type { Book } from '../data/books.ts'
import { paths } from '../urls.ts'
import { countryName, money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** What a buyer typed, as typed: a refused form gives it all back. */
export type Typed = { name: string; phone: string; country: string; email: string }
export type TypedErrors = Partial<Record<keyof Typed | 'price', string>>

/** Countries that CinetPay serves; a phone of any other is typed with its + prefix. */
export const PHONE_COUNTRIES = [
  'BF', 'BJ', 'CD', 'CF', 'CG', 'CI', 'CM', 'GA', 'GN', 'GQ', 'ML', 'NE', 'SN', 'TD', 'TG',
] as const // prettier-ignore
export const OTHER_COUNTRY = 'other'

type BuyFormProps = {
  book: Book
  language: Language
  nonce: string
  typed: Typed
  errors?: TypedErrors | undefined
}

export function BuyForm({ book, language, nonce, typed, errors = {} }: BuyFormProps) {
  const words = wordsIn(language).form
  const price = money(book.price, book.currency, language)
  const countries = PHONE_COUNTRIES.map((code) => ({ code, name: countryName(code, language) }))
  countries.sort((a, b) => a.name.localeCompare(b.name, language))
  return (
    <form method="post" action={paths.buy(book.slug)} novalidate>
      {Object.keys(errors).length > 0 && (
        <div class="summary" role="alert">
          {errors.price ?? words.errors.summary}
        </div>
      )}
      <input type="hidden" name="nonce" value={nonce} />
      <input type="hidden" name="price" value={String(book.price)} />
      <Field name="name" label={words.name} error={errors.name}>
        <input
          {...tie('name', errors.name)}
          value={typed.name}
          autocomplete="name"
          maxlength={100}
          required
        />
      </Field>
      <Field name="country" label={words.country} error={errors.country}>
        <select {...tie('country', errors.country)} autocomplete="country">
          {countries.map(({ code, name }) => (
            <option value={code} selected={code === typed.country}>
              {name}
            </option>
          ))}
          <option value={OTHER_COUNTRY} selected={typed.country === OTHER_COUNTRY}>
            {words.otherCountry}
          </option>
        </select>
      </Field>
      <Field name="phone" label={words.phone} hint={words.phoneHint} error={errors.phone}>
        <input
          {...tie('phone', errors.phone, words.phoneHint)}
          type="tel"
          inputmode="tel"
          value={typed.phone}
          autocomplete="tel"
          maxlength={40}
          required
        />
      </Field>
      <Field name="email" label={words.email} error={errors.email}>
        <input
          {...tie('email', errors.email)}
          type="email"
          value={typed.email}
          autocomplete="email"
          maxlength={254}
        />
      </Field>
      <button>{words.pay(price)}</button>
    </form>
  )
}

type FieldProps = {
  name: string
  label: string
  hint?: string
  error?: string | undefined
  children: Child
}

/** A label, a hint and an error, tied to the field for those who hear the page. */
function Field({ name, label, hint, error, children }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function tie(name: string, error: string | undefined, hint?: string) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return {
    id: name,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  }
}
