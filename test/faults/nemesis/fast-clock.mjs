/**
 * Lends a process another clock (`node --import`), as faketime does for a whole machine: since
 * `start` it goes `rate` times as fast, and it is `ahead` milliseconds ahead. Timers are left as
 * they are. NEMESIS_CLOCK="start rate ahead". The process ends with whoever started it.
 */
const [start, rate, ahead] = process.env.NEMESIS_CLOCK.split(' ').map(Number)
const RealDate = Date
const now = () => Math.floor(start + (RealDate.now() - start) * rate + ahead)

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, asked) =>
    Reflect.construct(target, given.length > 0 ? given : [now()], asked),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

process.channel.unref()
process.once('disconnect', () => process.exit(1))
