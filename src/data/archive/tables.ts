export type CarriedTable = {
  name: string
  key: readonly [string, ...string[]]
  /**
   * What it hangs on, and goes along with: the orders of a page, or their payments. Loose: some of its rows
   * hang on none.
   */
  of?: { page: 'page' | 'their_payments'; by: string; isLoose?: boolean }
}

const ORDER = { page: 'page', by: 'order_id' } as const

/**
 * The tables that a backup holds: parents before the tables that reference them, with the columns
 * that identify their rows. A table in neither list makes `test/backup/backup.long.test.ts` fail.
 */
export const CARRIED_TABLES: readonly CarriedTable[] = [
  { name: 'people', key: ['id'] },
  { name: 'passkeys', key: ['id'] },
  { name: 'settings', key: ['section'] },
  { name: 'books', key: ['id'] },
  { name: 'book_words', key: ['word'] },
  { name: 'pack_books', key: ['pack_id', 'book_id'] },
  { name: 'files', key: ['id'] },
  { name: 'file_stamps', key: ['file_id'] },
  { name: 'promotions', key: ['id'] },
  { name: 'promotion_books', key: ['promotion_id', 'book_id'] },
  { name: 'orders', key: ['id'], of: { page: 'page', by: 'id' } },
  { name: 'order_items', key: ['order_id', 'book_id'], of: ORDER },
  { name: 'payments', key: ['id'], of: ORDER },
  { name: 'grants', key: ['order_id'], of: ORDER },
  { name: 'notices', key: ['id'], of: { page: 'their_payments', by: 'payment_id', isLoose: true } },
  { name: 'events', key: ['id'], of: ORDER },
  { name: 'refunds', key: ['payment_id'], of: ORDER },
  { name: 'order_notes', key: ['id'], of: ORDER },
  { name: 'order_deeds', key: ['id'], of: ORDER },
  { name: 'erasures', key: ['id'] },
  { name: 'erasure_marks', key: ['mark'] },
  { name: 'cases', key: ['id'], of: { ...ORDER, isLoose: true } },
  { name: 'customer_notes', key: ['phone_e164'] },
  { name: 'quiet_phones', key: ['phone_hash'] },
  { name: 'reminders', key: ['order_id'], of: ORDER },
  { name: 'messages', key: ['id'], of: { ...ORDER, isLoose: true } },
  { name: 'downloads', key: ['order_id', 'file_id'], of: ORDER },
  { name: 'awaited_files', key: ['file_id', 'order_id'], of: ORDER },
  { name: 'order_devices', key: ['order_id', 'device_hash'], of: ORDER },
  {
    name: 'operator_days',
    key: ['day', 'provider', 'operator', 'said_means', 'currency', 'simulated', 'place'],
  },
  { name: 'book_days', key: ['day', 'book_id', 'currency', 'simulated', 'place'] },
  { name: 'payment_days', key: ['day', 'provider', 'place'] },
  { name: 'uncounted', key: ['id'], of: { page: 'their_payments', by: 'payment_id' } },
  { name: 'simulated_transactions', key: ['site_id', 'transaction_id'] },
]

/**
 * What an empty shop may hold already, from its setting up, or from what lies beside the backups: the backup
 * archive's rows take its place.
 */
export const REPLACED_TABLES = [
  'people',
  'passkeys',
  'settings',
  'book_words',
  'erasure_marks',
  'quiet_phones',
] as const

/** Tables that a backup leaves out, and why. The manifest of every archive lists them. */
export const LEFT_TABLES: Record<string, string> = {
  sessions: 'everybody signs in anew',
  challenges: 'questions to passkeys that were answered, of some minutes',
  throttles: 'counters of visits and of wrong guesses',
  provider_outages: 'how the provider answers this host',
  chores: 'when this host last ran each scheduled task',
  signs_of_life: 'when this host’s clock last rang, and who was seen from outside',
  window_version: 'a number by which this host’s cached pages are known',
  uploads: 'files that were on their way to this host',
  suitcases: 'the list of this host’s own backups',
  suitcase_parts: 'rows being packed',
  migrations: 'the new shop has its own; both must be alike',
}
