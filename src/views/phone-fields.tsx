import { MAX_PHONE_LENGTH, OTHER_COUNTRY } from '../forms/phone.ts'
import type { TypedPhone } from '../forms/phone.ts'
import { countryOptions, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { SelectField, TextField } from './form.tsx'

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
        maxlength={MAX_PHONE_LENGTH}
      />
    </>
  )
}
