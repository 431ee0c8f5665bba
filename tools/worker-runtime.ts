/**
 * What `wrangler.toml` says of the runtime, for every workerd that starts on this machine; a test
 * compares the two. The date is the newest that the workerd of our miniflare takes.
 */
export const WORKER_RUNTIME = {
  compatibilityDate: '2026-07-30',
  compatibilityFlags: ['nodejs_compat', 'global_fetch_strictly_public'],
}
