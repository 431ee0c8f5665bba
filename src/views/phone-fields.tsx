import { PHONE_COUNTRIES } from '../money/countries.ts'
import { countryOptions, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { OTHER_COUNTRY } from './buy-form.tsx'
import { SelectField, TextField } from './form.tsx'

/** A phone number as a form takes it: its country, and how it was typed. */
export type TypedPhone = { country: string; phone: string }

const MAX_TYPED_LENGTH = 40

/** The number in international form, or undefined when it is none. */
export async function readPhone({ country, phone }: TypedPhone): Promise<string | undefined> {
  const known = [...PHONE_COUNTRIES, OTHER_COUNTRY].some((choice) => choice === country)
  if (!known || phone.length > MAX_TYPED_LENGTH) return undefined
  const { e164 } = await import('../lib/phone.ts')
  return e164(phone.trim(), country === OTHER_COUNTRY ? undefined : country)
}

type PhoneFieldsProps = {
  typed: TypedPhone
  label: string
  hint?: string
  error?: string | undefined
  required?: boolean
  language: Language
}

export function PhoneFields({ typed, label, language, ...phone }: PhoneFieldsProps) {
  const words = wordsIn(language).form
  const countries = countryOptions(language)
  return (
    <>
      <SelectField
        name="country"
        label={words.country}
        value={typed.country}
        autocomplete="country"
        options={[...countries, { value: OTHER_COUNTRY, label: words.otherCountry }]}
      />
      <TextField
        {...phone}
        name="phone"
        label={label}
        value={typed.phone}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        maxlength={MAX_TYPED_LENGTH}
      />
    </>
  )
}
