import { serveScript } from '../assets.ts'

/**
 * Sends an archive in pieces, one after the other. A lost network, a server that restarts: it tries
 * again, for as long as the page is open; the same file, chosen again in this browser, goes on.
 */
const source = /* js */ `
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const memory = (deed, ...what) => {
  try { return localStorage[deed](...what) } catch {}
}
for (const form of document.querySelectorAll('form[data-suitcase]')) {
  const words = JSON.parse(form.dataset.words)
  const start = form.dataset.suitcase
  const { file: input, withoutFiles } = form.elements
  const button = form.querySelector('button')
  const box = form.querySelector('[data-progress]')
  const [bar, line, status] = box.children
  const { format } = new Intl.NumberFormat([], { maximumFractionDigits: 1 })
  for (const hint of form.querySelectorAll('[data-hint]')) hint.hidden = !hint.hidden

  const insist = async (method, url, body, type) => {
    for (let pause = 1000; ; pause = Math.min(2 * pause, 3e4)) {
      const headers = { accept: 'application/json', ...(type && { 'content-type': type }) }
      const answer = await fetch(url, { method, body, headers }).catch(() => {})
      if (answer && (answer.status < 500 || answer.status === 507)) {
        const said = await answer.json().catch(() => {})
        if (said && !answer.redirected) return { code: answer.status, ...said }
        throw words.failed
      }
      status.textContent = navigator.onLine ? words.trouble : words.offline
      await wait(pause)
    }
  }
  const begin = async (key, size) => {
    const known = memory('getItem', key)
    const found = known && (await insist('GET', known))
    if (found?.state === 'arriving') return found
    const fields = { size, ...(withoutFiles.checked && { withoutFiles: 'on' }) }
    const begun = await insist('POST', start, new URLSearchParams(fields))
    if (begun.code !== 201) throw begun.sentence || words.failed
    memory('setItem', key, begun.page)
    return begun
  }
  const send = async (file) => {
    const key = [start, file.name, file.size, file.lastModified].join()
    for (;; await wait(1000)) {
      const { id, page, pieceBytes, pieces } = await begin(key, file.size)
      const count = Math.ceil(file.size / pieceBytes)
      const since = Date.now()
      const before = pieces.length
      let code = 200
      for (let n = 0, sent = before; n < count && code === 200; n++) {
        if (pieces.includes(n)) continue
        const piece = file.slice(n * pieceBytes, (n + 1) * pieceBytes)
        const answer = await insist('POST', start + '/' + id + '/' + n, piece, 'application/octet-stream')
        code = answer.code
        if (code !== 200 && code !== 409) throw answer.sentence || words.failed
        sent++
        status.textContent = ''
        bar.value = sent / count
        const rate = ((sent - before) * pieceBytes) / (Date.now() - since + 1) / 1000
        const left = ((count - sent) * pieceBytes) / rate / 1e6
        line.textContent = Math.floor(bar.value * 100) + ' % · ' + format(rate) + ' ' + words.rate +
          ' · ' + words.left + ' ' + (left < 90 ? Math.ceil(left) + ' s' : Math.ceil(left / 60) + ' min')
      }
      if (code === 200 && (await insist('POST', start + '/' + id + '/finir')).code === 200) return page
    }
  }
  form.addEventListener('submit', async (event) => {
    const file = input.files[0]
    if (!file) return
    event.preventDefault()
    button.disabled = true
    box.hidden = false
    const page = await send(file).catch((fault) => {
      status.textContent = typeof fault === 'string' ? fault : words.failed
    })
    if (page) return location.assign(page)
    button.disabled = false
  })
}
`

export const suitcaseScript = serveScript('valise', source.replace(/^\s+/gm, ''))
