/**
 * What the reverse proxy still holds of answers that their readers have not taken yet. Passenger
 * swallows an answer at full speed, up to 128 MB of each, into a file on the host's disk; the shop
 * sees nothing of what becomes of it. So this process estimates it, as if every reader took it at the
 * pace of a good 3G, and lets a crowd of readers in one after the other before the host's disk is
 * full.
 */
const MB = 1024 * 1024
const MAX_HELD_BYTES = 1024 * MB
const MAX_HELD_A_READER_BYTES = 128 * MB
const READER_BYTES_PER_S = 250_000
const MIN_WAIT_S = 15

export type Held = {
  /** 0: the answer may go, and is counted. Otherwise the seconds to wait before asking again. */
  take(bytes: number): number
}

export function heldAnswers(nowMs: () => number = () => performance.now()): Held {
  let answers: { bytes: number; sinceMs: number }[] = []
  const leftOf = ({ bytes, sinceMs }: { bytes: number; sinceMs: number }, atMs: number) =>
    Math.max(0, bytes - ((atMs - sinceMs) / 1000) * READER_BYTES_PER_S)
  const heldAt = (atMs: number) => answers.reduce((sum, answer) => sum + leftOf(answer, atMs), 0)

  return {
    take(answerBytes) {
      const atMs = nowMs()
      answers = answers.filter((answer) => leftOf(answer, atMs) > 0)
      const bytes = Math.min(answerBytes, MAX_HELD_A_READER_BYTES)
      const tooMuch = heldAt(atMs) + bytes - MAX_HELD_BYTES
      if (tooMuch <= 0) {
        answers.push({ bytes, sinceMs: atMs })
        return 0
      }
      return Math.ceil(Math.max(MIN_WAIT_S, tooMuch / READER_BYTES_PER_S / answers.length))
    },
  }
}
