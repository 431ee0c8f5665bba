import { MAX_PHONE_LENGTH, OTHER_COUNTRY } from '../forms/phone.ts'
import type { Errors } from '../forms/parse.ts'
import { PHONE_COUNTRIES, phoneExample } from '../money/countries.ts'
import { countryName, countryOptions, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { fieldsOf } from './fields-of.ts'
import { SelectField, TextField } from './form.tsx'
import type { TextFieldProps } from './form.tsx'

type PhoneFieldsProps = TextFieldProps & {
  typed: { country: string }
  errors: Errors
  language: Language
}

/** A phone, as `fieldsOf` gives its field, after the country that it is read with, which the form's `typed` holds. */
export function PhoneFields({ typed, errors, language, ...phone }: PhoneFieldsProps) {
  const words = wordsIn(language).form
  const country = fieldsOf({ words, typed, errors })('country')
  const countries = countryOptions(language)
  const chosen = PHONE_COUNTRIES.find((one) => one === typed.country)
  const example = chosen && words.phoneExample(countryName(chosen, language), phoneExample(chosen))
  return (
    <>
      <SelectField
        {...country}
        autocomplete="country"
        options={[...countries, { value: OTHER_COUNTRY, label: words.otherCountry }]}
      />
      <TextField
        {...phone}
        hint={[phone.hint, example].filter(Boolean).join(' ')}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        maxlength={MAX_PHONE_LENGTH}
      />
    </>
  )
}
