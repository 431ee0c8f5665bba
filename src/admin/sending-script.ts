import { serveScript } from './assets.ts'

/** A line on which nothing has moved for that long is dead: the browser itself would wait for ever. */
const SILENCE_MS = 180_000

/**
 * Sends a file in pieces, one after the other, and shows how far it is: a book's, or a suitcase. A lost
 * network, a line that is dead, a server that restarts: it tries again, for as long as the page is open.
 * The address of what was begun is kept under the file's name, size and date, so that the same file,
 * chosen again, goes on.
 */
const source = /* js */ `
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const memory = (deed, ...what) => {
  try { return localStorage[deed](...what) } catch {}
}

const ask = (method, url, body, told) => new Promise((done) => {
  const call = new XMLHttpRequest()
  let clock
  const heard = () => {
    clearTimeout(clock)
    clock = setTimeout(() => call.abort(), ${SILENCE_MS})
  }
  call.open(method, url)
  call.setRequestHeader('accept', 'application/json')
  if (told) {
    call.setRequestHeader('content-type', 'application/octet-stream')
    call.upload.onprogress = (event) => { heard(); told(event.loaded) }
  }
  call.onloadend = () => {
    clearTimeout(clock)
    const { status: code, responseText } = call
    try { done({ code, ...JSON.parse(responseText) }) } catch { done({ code, odd: true }) }
  }
  heard()
  call.send(body)
})

for (const form of document.querySelectorAll('form[data-send]')) {
  const { send: start, words: texts } = form.dataset
  const words = JSON.parse(texts)
  const button = form.querySelector('button')
  const box = form.querySelector('[data-progress]')
  const [bar, line, status] = box.children
  const say = (text) => { if (status.textContent !== text) status.textContent = text }
  const { format } = new Intl.NumberFormat([], { maximumFractionDigits: 1 })
  for (const hint of form.querySelectorAll('[data-hint]')) hint.hidden = !hint.hidden

  const insist = async (...what) => {
    for (let pause = 1000; ; pause = Math.min(2 * pause, 3e4)) {
      const said = await ask(...what)
      const { code, odd } = said
      if (said.prove) throw said
      if (!odd && (code < 500 || code === 507)) return said
      if (code === 200) throw words.out
      if (/^4(?!08|29)/.test(code)) throw words.failed
      say(navigator.onLine ? words.trouble : words.offline)
      await Promise.race([wait(pause), new Promise((done) => { ononline = done })])
    }
  }

  const send = async (file) => {
    const { name, size } = file
    const key = [start, form.elements.slot?.value, name, size, file.lastModified].join()
    for (;; await wait(1000)) {
      const known = memory('getItem', key)
      let begun = known && (await insist('GET', known))
      if (!/open|checking|arriving/.test(begun?.state)) {
        const fields = new FormData(form)
        fields.delete('file')
        begun = await insist('POST', start, new URLSearchParams([...fields, ['name', name], ['size', size]]))
        if (begun.code !== 201) throw begun.sentence
        memory('setItem', key, begun.page)
      }
      const { page, at = page, pieceBytes, pieces } = begun
      const lengthOf = (n) => Math.min(pieceBytes, size - n * pieceBytes)
      let sent = pieces.reduce((sum, n) => sum + lengthOf(n), 0)
      let code = 200
      const first = sent
      const since = Date.now()
      const show = (bytes) => {
        const rate = (bytes - first) / (Date.now() - since + 1) / 1000
        const left = (size - bytes) / rate / 1e6
        const time = left < 90 ? [left, 's'] : left < 5400 ? [left / 60, 'min'] : [left / 3600, 'h']
        bar.value = bytes / size
        line.textContent = Math.floor(bar.value * 100) + ' %' +
          (rate > 0 ? [' ·', format(rate), words.rate, '·', words.left, Math.ceil(time[0]), time[1]].join(' ') : '')
      }
      show(sent)
      for (let n = 0; n * pieceBytes < size && code === 200; n++) {
        if (pieces.includes(n)) continue
        const piece = await file.slice(n * pieceBytes, (n + 1) * pieceBytes).arrayBuffer().catch(() => { throw words.unread })
        const said = await insist('POST', at + '/' + n, piece, (bytes) => show(sent + bytes))
        code = said.code
        if (!/200|409/.test(code)) throw said.sentence
        say('')
        sent += lengthOf(n)
      }
      while (code < 300) {
        say(words.checking)
        code = (await insist('POST', at + '/finir')).code
        if (code === 200) return page
        await wait(2000)
      }
    }
  }

  form.addEventListener('submit', async (event) => {
    const file = form.elements.file.files[0]
    if (!file) return
    event.preventDefault()
    button.disabled = true
    box.hidden = false
    say('')
    onbeforeunload = (event) => event.preventDefault()
    navigator.wakeLock?.request('screen').catch(() => {})
    const page = await send(file).catch((fault) => fault?.prove || say(fault && !fault.message ? fault : words.failed))
    onbeforeunload = null
    if (page) return location.assign(page)
    button.disabled = false
    button.textContent = words.again
  })
}
`

/** What it says, by `data-words` of its form. */
export type SendingWords = Record<
  'out' | 'unread' | 'offline' | 'trouble' | 'checking' | 'failed' | 'again' | 'left' | 'rate',
  string
>

/** Without its indentation, which would go over slow lines for nothing. */
export const script = source.replace(/^\s+/gm, '')

export const sendingScript = serveScript('envoi', script)
