/**
 * What travels: every table, parents before the tables that point to them, with the columns that
 * tell its rows apart. A table that is in neither list makes `test/backup/backup.long.test.ts` fail.
 */
export const CARRIED_TABLES = [
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
  { name: 'orders', key: ['id'] },
  { name: 'order_items', key: ['order_id', 'book_id'] },
  { name: 'payments', key: ['id'] },
  { name: 'grants', key: ['order_id'] },
  { name: 'notices', key: ['id'] },
  { name: 'events', key: ['id'] },
  { name: 'refunds', key: ['payment_id'] },
  { name: 'order_notes', key: ['id'] },
  { name: 'order_deeds', key: ['id'] },
  { name: 'erasures', key: ['id'] },
  { name: 'erasure_marks', key: ['mark'] },
  { name: 'cases', key: ['id'] },
  { name: 'customer_notes', key: ['phone_e164'] },
  { name: 'quiet_phones', key: ['phone_hash'] },
  { name: 'reminders', key: ['order_id'] },
  { name: 'messages', key: ['id'] },
  { name: 'downloads', key: ['order_id', 'file_id'] },
  { name: 'awaited_files', key: ['file_id', 'order_id'] },
  { name: 'order_devices', key: ['order_id', 'device_hash'] },
  {
    name: 'operator_days',
    key: ['day', 'provider', 'operator', 'said_means', 'currency', 'simulated'],
  },
  { name: 'book_days', key: ['day', 'book_id', 'currency', 'simulated'] },
  { name: 'payment_days', key: ['day', 'provider'] },
  { name: 'uncounted', key: ['id'] },
  { name: 'simulated_transactions', key: ['site_id', 'transaction_id'] },
] as const

/** What an empty shop may hold already, from its setting up: the backup archive's rows take its place. */
export const REPLACED_TABLES = ['people', 'passkeys', 'settings', 'book_words'] as const

/** What stays behind, and why. The manifest of every backup archive lists it. */
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
