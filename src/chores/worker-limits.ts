/**
 * Cloudflare's free plan allows 50 calls to others a request, and ours are held below 40: so many
 * checks, a login before them, ten messages, a stored file read back, five connections.
 */
export const WORKER_CHECKS_A_PASS = 20
