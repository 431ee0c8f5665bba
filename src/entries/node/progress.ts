/** Reports how much is done of how much; may be called as often as wanted. */
export type Progress = (what: string) => (done: number, of: number) => void

type Out = { isTTY?: boolean; write(text: string): unknown }

const ERASE_TO_END = '\x1b[K'

/**
 * One line that counts on a terminal, with the rate and the time left; a line each tenth elsewhere.
 * Before anything is done there is no rate, and nothing is said of nothing.
 */
export function progressOn(out: Out, now: () => number): Progress {
  return (what) => {
    const began = now()
    let told = 0
    return (done, of) => {
      if (of === 0) return
      const perSecond = (done * 1000) / Math.max(1, now() - began)
      const left = Math.ceil((of - done) / perSecond)
      const pace = done === 0 ? '' : `, ${Math.round(perSecond)}/s, ${left} s left`
      const line = `${done}/${of} ${what}${pace}`
      if (out.isTTY) out.write(`\r${line}${ERASE_TO_END}${done >= of ? '\n' : ''}`)
      else if (done - told >= of / 10 || (done >= of && done > told)) {
        told = done
        out.write(`${line}\n`)
      }
    }
  }
}
