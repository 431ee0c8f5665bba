/**
 * The buttons' labels, from the field's `data-markdown`, and the text inserted where nothing is
 * selected.
 */
export type MarkdownWords = Record<
  'tools' | 'bold' | 'italic' | 'heading' | 'list' | 'text',
  string
>

/** Adds buttons above a Markdown field; without the script the marks are typed by hand. */
function addButtons(area: HTMLTextAreaElement): void {
  const words: MarkdownWords = JSON.parse(area.dataset.markdown!)
  const tools = document.createElement('div')
  tools.className = 'markdown-tools'
  tools.setAttribute('role', 'group')
  tools.setAttribute('aria-label', words.tools)

  /** Replaces a range, and selects the part to be typed over. */
  function put(from: number, to: number, text: string, select = [0, text.length]) {
    area.focus()
    area.setSelectionRange(from, to)
    // Old, and the only way that Ctrl+Z takes back; browsers without it undo nothing.
    if (!document.execCommand('insertText', false, text)) {
      area.setRangeText(text, from, to)
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
    area.setSelectionRange(from + select[0]!, from + select[1]!)
  }
  function around(sign: string) {
    const { selectionStart: from, selectionEnd: to, value } = area
    const text = value.slice(from, to) || words.text
    put(from, to, sign + text + sign, [sign.length, sign.length + text.length])
  }
  /** At the start of each selected line, after an empty line. */
  function before(sign: string) {
    const { selectionStart, selectionEnd: to, value } = area
    const from = value.lastIndexOf('\n', selectionStart - 1) + 1
    const lines = value.slice(from, to) || words.text
    const apart = from === 0 || value.slice(0, from).endsWith('\n\n')
    const start = apart ? '' : '\n'
    const text = start + lines.replace(/^/gm, sign)
    put(from, to, text, [start.length + sign.length, text.length])
  }

  const deeds = [
    ['bold', () => around('**')],
    ['italic', () => around('*')],
    ['heading', () => before('## ')],
    ['list', () => before('- ')],
  ] as const
  for (const [name, deed] of deeds) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'small-button quiet'
    button.textContent = words[name]
    button.addEventListener('click', deed)
    tools.append(button)
  }
  area.before(tools)
}

for (const area of document.querySelectorAll<HTMLTextAreaElement>('[data-markdown]'))
  addButtons(area)
