/** The shop waits for CinetPay for at most 2.5 seconds; the rest is for the network. */
var LOOK_MS = 20_000
var LONGEST_GAP_MS = 120_000

type Seen = { status: string; waiting?: string }

/**
 * Looks whether a waiting order has moved, and reloads its page when it has: with growing gaps, not
 * while the page is hidden, and at once when it is seen again (back from the operator's prompt).
 * Without it the page refreshes itself (see `Layout`). It is built for old phones: `let`, `for of`
 * and the like are errors of its build.
 */
function watch(page: HTMLElement) {
  var told = page.dataset as Record<
    'look' | 'gap' | 'state' | 'changed' | 'seen' | 'unseen',
    string
  >
  var gapMs = Number(told.gap) * 1000
  var timer: ReturnType<typeof setTimeout>
  var looking = false

  function wait() {
    clearTimeout(timer)
    if (!document.hidden) timer = setTimeout(look, gapMs)
    gapMs = Math.min(gapMs * 1.4, LONGEST_GAP_MS)
  }
  function say(id: string, text: string) {
    document.getElementById(id)!.textContent = text
  }
  function look() {
    if (!window.fetch) return location.reload()
    if (looking) return
    looking = true
    var answered = fetch(told.look, { cache: 'no-store' }).then<Seen>((answer) =>
      answer.ok ? answer.json() : Promise.reject(answer),
    )
    // A dead connection never answers.
    var late = new Promise<never>((_, fail) => {
      setTimeout(fail, LOOK_MS)
    })
    void Promise.race([answered, late])
      .then((now) => {
        if (now.status + ' ' + (now.waiting || '') !== told.state) {
          say('suivi', told.changed)
          location.reload()
          return
        }
        say('vu', told.seen.replace('{heure}', new Date().toTimeString().slice(0, 5)))
      })
      .catch(() => say('vu', told.unseen))
      .then(() => {
        looking = false
        wait()
      })
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (document.hidden) return
    gapMs = 3000
    look()
  })
  wait()
}

var waiting = document.querySelector<HTMLElement>('main[data-look]')
if (waiting) watch(waiting)
