/** The shop asks CinetPay for 2.5 seconds at most; the rest is for the network. */
const LOOK_MS = 20_000

/**
 * Looks whether a waiting order has moved, and reloads its page when it has: with growing gaps, not
 * while the page is hidden, and at once when it is seen again (back from the operator's prompt).
 * Written in the JavaScript of old phones; without any, the page refreshes itself (see `Layout`).
 */
export const waitingScript = /* js */ `(function () {
  var page = document.querySelector('main[data-look]')
  if (!page) return
  var gapMs = page.dataset.gap * 1000
  var timer
  var looking = false
  function wait() {
    clearTimeout(timer)
    if (!document.hidden) timer = setTimeout(look, gapMs)
    gapMs = Math.min(gapMs * 1.4, 120000)
  }
  function look() {
    if (!window.fetch) return location.reload()
    if (looking) return
    looking = true
    var answered = fetch(page.dataset.look, { cache: 'no-store' }).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(answer)
    })
    // A line that is dead answers never.
    var late = new Promise(function (_, fail) {
      setTimeout(fail, ${LOOK_MS})
    })
    Promise.race([answered, late])
      .then(function (now) {
        if (now.status + ' ' + (now.waiting || '') !== page.dataset.state) {
          document.getElementById('suivi').textContent = page.dataset.changed
          location.reload()
          return
        }
        var time = new Date().toTimeString().slice(0, 5)
        document.getElementById('vu').textContent = page.dataset.seen.replace('{heure}', time)
      })
      .catch(function () {
        document.getElementById('vu').textContent = page.dataset.unseen
      })
      .then(function () {
        looking = false
        wait()
      })
  }
  document.addEventListener('visibilitychange', function () {
    clearTimeout(timer)
    if (document.hidden) return
    gapMs = 3000
    look()
  })
  wait()
})()
`
