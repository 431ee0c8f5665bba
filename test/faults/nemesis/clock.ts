const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** A minute a second: payments are asked about again at 2, 5, 15 and 60 minutes. */
const RATE = 60

export type Clock = ReturnType<typeof openClock>

/** The clock of the shop's processes and of CinetPay; everybody else lives in real time. */
export function openClock(rate = RATE) {
  const start = Date.now()
  let aheadMs = 0
  return {
    now: () => new Date(start + (Date.now() - start) * rate + aheadMs),
    /** Processes that are started from now on live so much later. */
    advance: (ms: number) => {
      aheadMs += ms
    },
    /** For `fast-clock.mjs`. */
    setting: () => `${start} ${rate} ${aheadMs}`,
  }
}
