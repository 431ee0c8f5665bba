import { hasName } from '../../lib/look-up.ts'
import { accountCurrencies, CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { SelectField, TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { priceRule } from './book-form.ts'
import type { Typed, TypedErrors } from './book-form.ts'
import { bookFormWords } from './form-words.ts'

type PricesProps = { typed: Typed; errors: TypedErrors; account: Currency; language: Language }

const known = (code: string) => (hasName(CURRENCIES, code) ? [code] : [])

export function Prices({ typed, errors, account, language }: PricesProps) {
  const words = bookFormWords(language)
  const at = fieldsOf({ words, typed, errors })
  // A book may have kept a price in another currency; one that was just refused is not offered
  // again.
  const kept = errors.currency ? [] : known(typed.currency)
  const currencies = [...new Set([...accountCurrencies(account), ...kept])]
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  const rules = currencies.map((code) => ({
    value: code,
    label: `${names.of(code)} (${code}), ${priceRule(code, language)}`,
  }))
  const currency = currencies.find((code) => code === typed.currency) ?? account
  const kinds = Object.entries(words.priceKinds)
  const isKind = kinds.some(([kind]) => kind === typed.priceKind)
  return (
    <fieldset>
      <legend>{words.priceTitle}</legend>
      <div class="field" role="radiogroup" aria-label={words.priceKind}>
        {kinds.map(([kind, label], place) => (
          <div class="check">
            <input
              type="radio"
              name="priceKind"
              id={`price-${kind}`}
              value={kind}
              checked={isKind ? typed.priceKind === kind : place === 0}
            />
            <label for={`price-${kind}`}>{label}</label>
          </div>
        ))}
        {errors.priceKind && <p class="error">{errors.priceKind}</p>}
      </div>
      <div class="when-paid">
        {currencies.length > 1 || errors.currency ? (
          <SelectField {...at('currency')} options={rules} />
        ) : (
          <input type="hidden" name="currency" value={currency} />
        )}
        <TextField
          {...at('price')}
          hint={words.priceHint(priceRule(currency, language))}
          inputmode="numeric"
          maxlength={15}
          required
        />
      </div>
      <div class="when-chosen">
        <TextField {...at('floor')} inputmode="numeric" maxlength={15} />
      </div>
    </fieldset>
  )
}
