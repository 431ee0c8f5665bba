import type { Child } from 'hono/jsx'

/**
 * Form fields: a label, a hint and an error, tied to the field for people who hear the page. A
 * refused form shows what was typed, with its sentence at the field.
 */
type FieldProps = {
  name: string
  label: string
  hint?: string | undefined
  error?: string | undefined
}

export function Field({ name, label, hint, error, children }: FieldProps & { children: Child }) {
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

/**
 * What a refused form says above its fields. It takes the focus: a long page opens there and not at its
 * top, without a script, and it is read out first. A page has one.
 */
export const Refusal = ({ children }: { children: Child }) => (
  <div class="summary" role="alert" tabindex={-1} autofocus>
    {children}
  </div>
)

/** The attributes that connect an input to its label, hint and error. */
export function tie({ name, hint, error }: Omit<FieldProps, 'label'>) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return {
    id: name,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  }
}

export type TextFieldProps = FieldProps & {
  value: string
  type?:
    | 'text'
    | 'tel'
    | 'email'
    | 'password'
    | 'number'
    | 'url'
    | 'date'
    | 'datetime-local'
    | 'search'
    | 'color'
  inputmode?: 'numeric' | 'tel' | 'email' | 'url' | 'text'
  autocomplete?: string
  maxlength?: number
  required?: boolean
  /** The labels of a button that shows the password; needs `showPasswordScript` on the page. */
  'data-show'?: string
  'data-hide'?: string
}

export function TextField({ label, value, type = 'text', ...field }: TextFieldProps) {
  const { name, hint, error, ...attributes } = field
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      <input {...tie({ name, hint, error })} {...attributes} type={type} value={value} />
    </Field>
  )
}

export type TextAreaProps = FieldProps & {
  value: string
  rows?: number
  maxlength?: number
  required?: boolean
  /** The labels of the Markdown buttons; needs `markdownScript` on the page. */
  'data-markdown'?: string
}

export function TextArea({ label, value, rows = 6, ...field }: TextAreaProps) {
  const { name, hint, error, ...attributes } = field
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      <textarea {...tie({ name, hint, error })} {...attributes} rows={rows}>
        {value}
      </textarea>
    </Field>
  )
}

export type SelectFieldProps = FieldProps & {
  value: string
  options: readonly { value: string; label: string }[]
  autocomplete?: string
}

export function SelectField({ label, value, options, autocomplete, ...field }: SelectFieldProps) {
  return (
    <Field label={label} {...field}>
      <select {...tie(field)} autocomplete={autocomplete}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

type CheckFieldProps = { name: string; label: string; checked: boolean; hint?: string }

export function CheckField({ name, label, checked, hint }: CheckFieldProps) {
  return (
    <div class="field check">
      <input {...tie({ name, hint })} type="checkbox" value="on" checked={checked} />
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
