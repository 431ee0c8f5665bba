/**
 * Cloudflare's free plan allows 50 calls to others a request; a pass of ours makes 40 at most. Each
 * check may pay an order, whose receipt leaves at once: two calls. The rest is for a login, ten
 * messages, a stored file read back, five uploads forgotten and five connections.
 */
export const WORKER_CHECKS_A_PASS = 8
