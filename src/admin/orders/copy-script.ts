import { serveScript } from '../assets.ts'

/** Puts a "copy" button beside each field marked for it; without script the field is copied by hand. */
export const copyScript = serveScript(
  'copier',
  /* js */ `
if (navigator.clipboard) for (const field of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'small-button quiet'
  button.textContent = field.dataset.copy
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = field.dataset.copied
    } catch {
      field.select()
    }
  })
  field.after(button)
}
`,
)
