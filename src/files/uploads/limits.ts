import { DAY_MS } from '../../lib/time.ts'

/** The largest file, in pieces; `migrations/0002_desk.sql` says it too. */
export const MAX_FILE_BYTES = 500 * 1024 * 1024
/**
 * The largest file that a plain form may send, since it is held in memory; a Worker has 128 MB in
 * all.
 */
export const MAX_SIMPLE_BYTES = 32 * 1024 * 1024
/** The name and title beside the file, and what multipart adds. */
export const FORM_OVERHEAD_BYTES = 16 * 1024
export const MAX_TITLE = 100
/** Multipart uploads to R2 are dropped by R2 itself after seven days. */
export const UPLOAD_LIFE_MS = 7 * DAY_MS
/** Longer than the check of the largest file: its process must have been killed. */
export const CHECK_LEASE_MS = 2 * 60_000
