import type { Context } from 'hono'
import { html } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Fields } from '../../forms/read.ts'
import type { Language } from '../../words/words.ts'
import type { Host } from './host.ts'
import { AddressPage, DatabasePage, MailPage, PaymentPage } from './pages.tsx'
import type { Errors, Step, Typed } from './settings.ts'

export type InstallerEnv = { Bindings: Host; Variables: { language: Language; fields: Fields } }
export type AskingStep = Exclude<Step, 'owner'>

export const MAX_FORM_BYTES = 16 * 1024

const PAGES = { address: AddressPage, database: DatabasePage, payment: PaymentPage, mail: MailPage }

export function show(c: Context<InstallerEnv>, page: JSX.Element, status: 200 | 422 | 503 = 200) {
  return c.html(html`<!doctype html>${page}`, status)
}

/** A step's page with what was typed; with errors, it was refused. */
export async function showStep(
  c: Context<InstallerEnv>,
  step: AskingStep,
  typed: Typed,
  errors?: Errors,
) {
  const Page = PAGES[step]
  const seenAs = step === 'payment' ? await c.env.seenAs() : undefined
  const page = <Page language={c.var.language} typed={typed} errors={errors} seenAs={seenAs} />
  return show(c, page, errors ? 422 : 200)
}
