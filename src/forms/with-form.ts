import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { readForm } from './read.ts'
import type { Fields } from './read.ts'

/** In `c.var.fields` stands what was sent. */
export type FormEnv = { Variables: { fields: Fields } }

/**
 * Reads the form that is sent to an address. One that cannot be read, or is too large, gets the page of
 * its fault (`http/router.tsx`), and no handler is asked.
 */
export const withForm = (maxBytes: number) =>
  createMiddleware<FormEnv>(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const form = await readForm(c.req.raw, maxBytes)
    if (form.kind !== 'read') throw new HTTPException(form.kind === 'too-large' ? 413 : 400)
    c.set('fields', form.fields)
    return next()
  })
