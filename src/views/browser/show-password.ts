/** Puts a button beside a password: shows what was typed, and hides it again before it is sent. */
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
  // A browser offers to keep what was sent as a password.
  field.form?.addEventListener('submit', () => set(false))
  field.after(button)
}

for (const field of document.querySelectorAll<HTMLInputElement>('[data-show]'))
  addSwitch(field, field.dataset)
