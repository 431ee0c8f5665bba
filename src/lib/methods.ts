import type { Context, Env } from 'hono'

/** For the methods that an address does not know; RFC 9110 §15.5.6 wants the ones that it does. */
export const refuseMethod =
  (allowed: string) =>
  <E extends Env>(c: Context<E>) =>
    c.text('Method Not Allowed', 405, { allow: allowed })
