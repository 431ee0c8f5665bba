/** The texts it shows, from the form's `data-words`. */
export type SendingWords = Record<
  'out' | 'unread' | 'offline' | 'trouble' | 'checking' | 'failed' | 'again' | 'left' | 'rate',
  string
>

/** The shop's answer about an upload or a piece; `odd`: the response was not the shop's. */
type Said = {
  code: number
  odd?: true
  sentence?: string
  /** The form field that the sentence is about. */
  field?: string
  /** The address where the person signs in again. */
  prove?: string
  page: string
  at?: string
  /** Where to continue, if not at the upload's page. */
  next?: string
  state?: string
  pieceBytes: number
  pieces: number[]
}
type Question = [
  method: 'GET' | 'POST',
  url: string,
  body?: XMLHttpRequestBodyInit,
  told?: (bytes: number) => void,
]

/** A connection with no progress for this long is dead; the browser alone would wait for ever. */
const SILENCE_MS = 180_000
const LONGEST_PAUSE_MS = 30_000

/** Asks before the page is closed during an upload. */
const stay = (event: Event) => event.preventDefault()
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Browsers may refuse to store anything: then the same file, chosen again, starts over. */
function memory(deed: 'getItem' | 'setItem', key: string, value = ''): string | null | void {
  try {
    return localStorage[deed](key, value)
  } catch {}
}

const ask = (...[method, url, body, told]: Question) =>
  new Promise<Said>((done) => {
    const call = new XMLHttpRequest()
    let clock: ReturnType<typeof setTimeout>
    const heard = () => {
      clearTimeout(clock)
      clock = setTimeout(() => call.abort(), SILENCE_MS)
    }
    call.open(method, url)
    call.setRequestHeader('accept', 'application/json')
    if (told) {
      call.setRequestHeader('content-type', 'application/octet-stream')
      call.upload.addEventListener('progress', (event) => {
        heard()
        told(event.loaded)
      })
    }
    call.addEventListener('loadend', () => {
      clearTimeout(clock)
      const { status: code, responseText } = call
      try {
        done({ code, ...JSON.parse(responseText) })
      } catch {
        done({ code, odd: true } as Said)
      }
    })
    heard()
    call.send(body)
  })

function timeLeft(seconds: number): string {
  if (seconds < 90) return Math.ceil(seconds) + ' s'
  return seconds < 5400 ? Math.ceil(seconds / 60) + ' min' : Math.ceil(seconds / 3600) + ' h'
}

/**
 * Sends a file in pieces, one after the other, and shows how far it is: a book's, or a backup
 * archive. A lost network, a line that is dead, a server that restarts: it tries again, for as long
 * as the page is open. The address of what was begun is kept under the file's name, size and date,
 * so that the same file, chosen again, goes on.
 */
function prepare(form: HTMLFormElement): void {
  const start = form.dataset.send!
  const words: SendingWords = JSON.parse(form.dataset.words!)
  const button = form.querySelector<HTMLButtonElement>('button:not([type])')!
  const box = form.querySelector<HTMLElement>('[data-progress]')!
  const [bar, line, status] = box.children as unknown as [HTMLProgressElement, Element, Element]
  let isBegun = false
  const { format } = new Intl.NumberFormat([], { maximumFractionDigits: 1 })
  const say = (text: string) => {
    if (status.textContent !== text) status.textContent = text
  }
  for (const hint of form.querySelectorAll<HTMLElement>('[data-hint]')) hint.hidden = !hint.hidden

  /** Retries until the shop itself answers. Throws a sentence, or the address for signing in again. */
  async function insist(...question: Question): Promise<Said> {
    for (let pauseMs = 1000; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const said = await ask(...question)
      const { code } = said
      if (said.prove) throw said
      if (!said.odd && (code < 500 || code === 507)) return said
      if (code === 200) throw words.out
      if (/^4(?!08|29)/.test(String(code))) throw words.failed
      say(navigator.onLine ? words.trouble : words.offline)
      await Promise.race([wait(pauseMs), new Promise((done) => (window.ononline = done))])
    }
  }

  async function begin({ name, size, lastModified }: File): Promise<Said> {
    const slot = form.elements.namedItem('slot') as HTMLSelectElement | null
    const key = [start, slot?.value, name, size, lastModified].join()
    const known = memory('getItem', key)
    const begun = known && (await insist('GET', known))
    if (begun && /open|checking|arriving/.test(begun.state!)) {
      isBegun = true
      return begun
    }
    const fields = new FormData(form)
    fields.delete('file')
    fields.set('name', name)
    fields.set('size', String(size))
    const said = await insist('POST', start, fields)
    if (said.code !== 201) throw said.field ? said : said.sentence
    isBegun = true
    memory('setItem', key, said.page)
    return said
  }

  async function send(file: File): Promise<string> {
    const { size } = file
    for (; ; await wait(1000)) {
      const { page, next = page, at = page, pieceBytes, pieces } = await begin(file)
      const lengthOf = (n: number) => Math.min(pieceBytes, size - n * pieceBytes)
      let sent = pieces.reduce((sum, n) => sum + lengthOf(n), 0)
      let code = 200
      const first = sent
      const since = Date.now()
      const show = (bytes: number) => {
        const rate = (bytes - first) / (Date.now() - since + 1) / 1000
        const left = (size - bytes) / rate / 1e6
        bar.value = bytes / size
        line.textContent =
          Math.floor(bar.value * 100) +
          ' %' +
          (rate > 0 ? ` · ${format(rate)} ${words.rate} · ${words.left} ${timeLeft(left)}` : '')
      }
      show(sent)
      for (let n = 0; n * pieceBytes < size && code === 200; n++) {
        if (pieces.includes(n)) continue
        const piece = await file
          .slice(n * pieceBytes, (n + 1) * pieceBytes)
          .arrayBuffer()
          .catch(() => {
            throw words.unread
          })
        const told = (bytes: number) => show(sent + bytes)
        const said = await insist('POST', at + '/' + n, piece, told)
        code = said.code
        if (code !== 200 && code !== 409) throw said.sentence
        say('')
        sent += lengthOf(n)
      }
      while (code < 300) {
        say(words.checking)
        const end = await insist('POST', at + '/finir')
        code = end.code
        if (code === 200) return end.state === 'refused' ? page : next
        await wait(2000)
      }
    }
  }

  /** Shows what is wrong with a field as the page itself would; an empty sentence removes it. */
  function mark(input: HTMLElement, sentence: string) {
    const id = input.id + '-error'
    document.getElementById(id)?.remove()
    input.removeAttribute('aria-invalid')
    if (!sentence) return
    const error = document.createElement('p')
    Object.assign(error, { id, className: 'error', textContent: sentence })
    input.after(error)
    input.ariaInvalid = 'true'
    input.setAttribute('aria-describedby', input.id + '-hint ' + id)
    input.focus()
  }

  async function go(file: File) {
    for (const input of form.querySelectorAll<HTMLElement>('[aria-invalid]')) mark(input, '')
    button.disabled = true
    box.hidden = false
    say('')
    window.addEventListener('beforeunload', stay)
    navigator.wakeLock?.request('screen').catch(() => {})
    const page = await send(file).catch((fault: unknown) => {
      const { prove, field, sentence } = (fault ?? {}) as Partial<Said>
      const input = form.elements.namedItem(field ?? '')
      if (input instanceof HTMLElement) {
        box.hidden = true
        return mark(input, sentence!)
      }
      return prove || say(typeof fault === 'string' ? fault : (sentence ?? words.failed))
    })
    window.removeEventListener('beforeunload', stay)
    if (page) return location.assign(page)
    button.disabled = false
    if (isBegun) button.textContent = words.again
  }

  form.addEventListener('submit', (event) => {
    const file = (form.elements.namedItem('file') as HTMLInputElement).files![0]
    // A preview in another window: the file stays chosen here.
    if (!file || (event.submitter as HTMLButtonElement | null)?.formTarget) return
    event.preventDefault()
    void go(file)
  })
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-send]')) prepare(form)
