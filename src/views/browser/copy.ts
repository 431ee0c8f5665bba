/** Puts a "copy" button beside each field marked for it; without script the field is copied by hand. */
function addButton(field: HTMLInputElement, { copy, copied }: DOMStringMap): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'small-button quiet'
  button.textContent = copy!
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(field.value).then(
      () => (button.textContent = copied!),
      () => field.select(),
    )
  })
  field.after(button)
}

if (navigator.clipboard)
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-copy]'))
    addButton(field, field.dataset)
