/** Adds a button to a password field that shows what was typed; it is hidden again before sending. */
function addSwitch(field: HTMLInputElement, { show, hide }: DOMStringMap): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link'
  button.setAttribute('aria-controls', field.id)
  function set(isShown: boolean) {
    field.type = isShown ? 'text' : 'password'
    button.textContent = isShown ? hide! : show!
  }
  set(false)
  button.addEventListener('click', () => set(field.type === 'password'))
  // So that the browser recognises it as a password and offers to save it.
  field.form?.addEventListener('submit', () => set(false))
  field.after(button)
}

for (const field of document.querySelectorAll<HTMLInputElement>('[data-show]'))
  addSwitch(field, field.dataset)
