import { shopVersion } from '../config/versions.ts'
import type { Shop } from '../contracts/shop.ts'
import { DatabaseUnavailable } from '../data/database.ts'
import { readVitals } from '../data/operations.ts'
import type { Vitals } from '../data/operations.ts'

/** The labels and value of a metric; an unknown value has no line. */
type Sample = [labels: string, value: number | undefined]
type Gauge = [name: string, help: string, samples: number | undefined | Sample[]]

/**
 * What Prometheus reads: how the shop is, by its rows, true for all its processes and the same on both
 * runtimes; then what this process measures of itself, on Node. While the database is away only that
 * and `kiosque_database_up 0` are told.
 */
export async function metricsText(shop: Shop): Promise<string> {
  const { sql, provider, mail, now, metrics } = shop
  const at = now()
  const vitals = await readVitals(
    sql,
    {
      provider: provider.name,
      channels: mail ? ['mail', 'push'] : ['push'],
      withSimulated: provider.isPlayMoney,
    },
    at,
  ).catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return undefined
    throw error
  })
  const gauges: Gauge[] = [
    ['build_info', 'The running version.', [[`version="${shopVersion}"`, 1]]],
    ['database_up', 'Whether the database answered this scrape.', vitals ? 1 : 0],
    ...(vitals ? gaugesOf(vitals, at) : []),
  ]
  return gauges.map(textOf).join('') + ((await metrics?.text()) ?? '')
}

function gaugesOf(vitals: Vitals, now: Date): Gauge[] {
  /** For things that should not exist: without any, the wait is 0. */
  const waited = (since: Date | null) => (since ? (now.getTime() - since.getTime()) / 1000 : 0)
  const age = (at: Date | null) => (at ? waited(at) : undefined)
  const upTo = (last: string, value: number): Sample => [`age="${last}"`, value]
  return [
    ['payments_due', 'Payments that should have been asked about by now.', vitals.paymentsDue],
    ['payments_due_oldest_seconds', 'How late the first is.', waited(vitals.paymentsDueSince)],
    [
      'orders_pending',
      'Unpaid orders that still may be paid, by their age.',
      [
        upTo('10m', vitals.pendingTenMinutes),
        upTo('1h', vitals.pendingHour),
        upTo('1d', vitals.pendingDay),
        upTo('older', vitals.pendingOlder),
      ],
    ],
    [
      'provider_outage_seconds',
      'For how long the payment provider does not answer, or lets nobody in.',
      waited(vitals.outageSince),
    ],
    ['letters_due', 'Letters and alerts that should have left.', vitals.lettersDue],
    ['letters_due_oldest_seconds', 'How late the first is.', waited(vitals.lettersDueSince)],
    ['letters_given_up', 'Letters that could not be sent.', vitals.lettersGivenUp],
    ['orders_opened_5m', 'Orders of the last five minutes.', vitals.openedLately],
    ['orders_paid_5m', 'Orders paid in the last five minutes.', vitals.paidLately],
    [
      'to_look_at',
      'What waits for a person at the desk, each counted up to 100.',
      [
        ['kind="review"', vitals.reviews],
        ['kind="double"', vitals.doubles],
        ['kind="given_back"', vitals.givenBack],
        ['kind="dispute"', vitals.cases],
        ['kind="receipt_failed"', vitals.mails],
        ['kind="waiting"', vitals.waiting],
      ],
    ],
    ['files_damaged', 'Stored files that are not what was sold.', vitals.damagedFiles],
    ['backup_age_seconds', 'Since the last nightly backup was begun.', age(vitals.backedUpAt)],
    ['scheduler_pass_age_seconds', "Since cron's last pass.", age(vitals.passedAt)],
  ]
}

function textOf([name, help, samples]: Gauge): string {
  const all: Sample[] = Array.isArray(samples) ? samples : [['', samples]]
  const lines = all.flatMap(([labels, value]) =>
    value === undefined ? [] : [`kiosque_${name}${labels && `{${labels}}`} ${value}\n`],
  )
  if (lines.length === 0) return ''
  return `# HELP kiosque_${name} ${help}\n# TYPE kiosque_${name} gauge\n${lines.join('')}`
}
