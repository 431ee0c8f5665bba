import { serveScript } from '../assets.ts'

/**
 * Sends a file in pieces, one after the other, and shows how far it is. A lost network, a server
 * that restarts: it tries again, for as long as the page is open. The upload's address is kept
 * under the file's name, size and date, so that the same file, chosen again, goes on.
 */
const source = /* js */ `
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const memory = (deed, ...what) => {
  try { return localStorage[deed](...what) } catch {}
}

const ask = (method, url, body, told) => new Promise((done) => {
  const request = new XMLHttpRequest()
  request.open(method, url)
  request.timeout = 18e4
  request.setRequestHeader('accept', 'application/json')
  if (told) {
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => told(event.loaded)
  }
  request.onloadend = () => {
    const { status: code, responseText } = request
    try { done({ code, ...JSON.parse(responseText) }) } catch { done({ code, odd: true }) }
  }
  request.send(body)
})

for (const form of document.querySelectorAll('form[data-upload]')) {
  const words = JSON.parse(form.dataset.words)
  const { slot, title, stamp, file: input } = form.elements
  const button = form.querySelector('button')
  const box = form.querySelector('[data-progress]')
  const [bar, line, status] = box.children
  const say = (text) => { if (status.textContent !== text) status.textContent = text }
  const { format } = new Intl.NumberFormat([], { maximumFractionDigits: 1 })
  for (const hint of form.querySelectorAll('[data-hint]')) hint.hidden = !hint.hidden

  const insist = async (...what) => {
    for (let pause = 1000; ; pause = Math.min(2 * pause, 3e4)) {
      const answer = await ask(...what)
      const { code, odd } = answer
      if (!odd && (code < 500 || code === 507)) return answer
      if (code === 200) throw words.out
      if (code >= 400 && code < 500 && code !== 408 && code !== 429) throw words.failed
      say(navigator.onLine ? words.trouble : words.offline)
      await Promise.race([wait(pause), new Promise((done) => { ononline = done })])
    }
  }

  const begin = async (key, { name, size }) => {
    const known = memory('getItem', key)
    const found = known && (await insist('GET', known))
    if (/open|checking/.test(found?.state)) return found
    const begun = await insist('POST', form.dataset.upload, new URLSearchParams({
      name, size, slot: slot.value, title: title.value, stamp: stamp.value
    }))
    if (begun.code !== 201) throw begun.sentence
    memory('setItem', key, begun.page)
    return begun
  }

  const send = async (file) => {
    const { name, size } = file
    const key = [form.dataset.upload, slot.value, name, size, file.lastModified].join()
    for (;; await wait(1000)) {
      const { page, pieceBytes, pieces } = await begin(key, file)
      const lengthOf = (n) => Math.min(pieceBytes, size - n * pieceBytes)
      let sent = pieces.reduce((sum, n) => sum + lengthOf(n), 0)
      let code = 200
      const start = sent
      const since = Date.now()
      const show = (bytes) => {
        const rate = (bytes - start) / (Date.now() - since + 1) / 1000
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
        const answer = await insist('POST', page + '/' + n, piece, (bytes) => show(sent + bytes))
        code = answer.code
        if (code !== 200 && code !== 409) throw answer.sentence
        say('')
        sent += lengthOf(n)
      }
      while (code < 300) {
        say(words.checking)
        code = (await insist('POST', page + '/finir')).code
        if (code === 200) return page
        await wait(2000)
      }
    }
  }

  const hold = (event) => event.preventDefault()
  form.addEventListener('submit', async (event) => {
    const file = input.files[0]
    if (!file) return
    event.preventDefault()
    button.disabled = true
    box.hidden = false
    say('')
    addEventListener('beforeunload', hold)
    navigator.wakeLock?.request('screen').catch(() => {})
    const page = await send(file).catch((fault) => say(fault && !fault.message ? fault : words.failed))
    removeEventListener('beforeunload', hold)
    if (page) return location.assign(page)
    button.disabled = false
    button.textContent = words.again
  })
}
`

/** Without its indentation, which would go over slow lines for nothing. */
export const script = source.replace(/^\s+/gm, '')

export const uploadScript = serveScript('envoi', script)
