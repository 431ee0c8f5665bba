import { Hono } from 'hono'
import type { Context } from 'hono'
import { typedIn } from '../../forms/parse.ts'
import { readForm } from '../../forms/read.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain } from '../parts.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { askAnew } from '../step-up.tsx'
import { deskWords } from '../words.ts'
import { Detour } from './deed.ts'
import type { AnyDeed, Outcome, Page, RefusalStatus, Shown, Visit } from './deed.ts'
import { DrawnFields, readFields, Refused } from './fields.tsx'
import type { FieldSet, Typed } from './fields.tsx'

/** Unless a deed sets its own. */
const MAX_FORM_BYTES = 32 * 1024

/** The routes of these deeds: a page for those that have one, and a POST for each. */
export function deedRoutes(deeds: readonly AnyDeed[]): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  for (const deed of deeds) {
    const { path, pageAt = path, stepUp } = deed
    const hasPage = deed.says !== undefined || deed.page !== undefined
    if (stepUp) {
      const again = askAnew({ ...stepUp, page: (c) => stepUp.page(visitOf(c)) })
      if (hasPage && stepUp.alsoPage) routes.get(pageAt, again)
      routes.post(path, again)
    }
    if (deed.by === 'owner') {
      if (hasPage) routes.get(pageAt, ownerOnly)
      routes.post(path, ownerOnly)
    }
    if (hasPage) routes.get(pageAt, (c) => render(c, deed))
    routes.post(path, (c) => post(c, deed))
  }
  return routes
}

/** A deed's page, before anything is typed. */
async function render(c: Context<DeskEnv>, deed: AnyDeed) {
  const visit = visitOf(c)
  const subject = await find(deed, visit)
  if (subject instanceof Detour) return leave(c, subject)
  if (deed.isOffered?.(visit, subject) === false)
    return c.redirect(deed.says!(visit, subject).back.to, 303)
  const fields = deed.fields?.(visit, subject) ?? {}
  const typed = {
    ...typedIn(new Map(), Object.keys(fields)),
    ...(await deed.typed?.(visit, subject)),
  } as Typed
  return draw(c, { deed, visit, subject, fields }, { typed, errors: {} })
}

/**
 * A form that was sent: read, acted on, redirected (303). If something was wrong with it (422) or
 * somebody else was faster (409), its page says so and keeps everything typed; the hidden fields
 * then hold the current state, so the person may send it again and overrule.
 */
async function post(c: Context<DeskEnv>, deed: AnyDeed) {
  const { files, maxBytes = MAX_FORM_BYTES } = deed
  const form = await readForm(c.req.raw, maxBytes, {
    files: files?.perhaps ? 'perhaps' : files !== undefined,
  })
  if (form.kind === 'malformed') return renderFault(c, 400)
  if (form.kind === 'too-large') return files ? tooLarge(c, deed) : renderFault(c, 413)
  const visit = { ...visitOf(c), sent: form.fields, files: form.files }
  const subject = await find(deed, visit)
  if (subject instanceof Detour) return leave(c, subject)

  const fields = deed.fields?.(visit, subject) ?? {}
  const typed = typedIn(form.fields, Object.keys(fields))
  const reading = readFields(fields, typed)
  if ('errors' in reading && Object.keys(reading.errors).some((name) => fields[name]?.isHidden))
    return renderFault(c, 400)
  const checked = await deed.check?.(visit, subject, typed)
  const errors = { ...checked, ...('errors' in reading && reading.errors) }
  const outcome: Outcome<unknown> =
    'errors' in reading || Object.keys(errors).length > 0
      ? { errors }
      : await deed.act(visit, subject, reading.value)
  if (typeof outcome === 'string') return c.redirect(outcome, 303)
  if (outcome instanceof Detour) return leave(c, outcome)
  if (outcome instanceof Response) return c.newResponse(outcome.body, outcome)

  const shown = { typed, errors: {}, sent: form.fields }
  const drawn = { deed, visit, subject, fields }
  if (outcome && 'more' in outcome) return draw(c, drawn, { ...shown, more: outcome.more })
  const { clash, status } = outcome ?? {}
  const refused = { ...shown, errors: outcome?.errors ?? {} }
  if (outcome && !clash) return draw(c, drawn, refused, status ?? 422)

  const found = await find(deed, visit)
  const now = found instanceof Detour ? subject : found
  const seen = await deed.typed?.(visit, now)
  const renewed = Object.keys(fields).filter((name) => fields[name]?.isHidden)
  const anew = Object.fromEntries(renewed.map((name) => [name, seen?.[name] ?? typed[name] ?? '']))
  return draw(
    c,
    { ...drawn, subject: now },
    {
      ...refused,
      typed: { ...typed, ...anew },
      clash: clash ?? deed.moved?.(visit, now) ?? deskWords(visit.language).summary,
    },
    status ?? 409,
  )
}

/** Files that are too large: the page says so without reading the body. */
async function tooLarge(c: Context<DeskEnv>, deed: AnyDeed) {
  const visit = visitOf(c)
  const subject = await find(deed, visit)
  if (subject instanceof Detour) return leave(c, subject)
  const fields = deed.fields?.(visit, subject) ?? {}
  const errors = deed.files!.tooLarge(visit)
  const typed = typedIn(new Map(), Object.keys(fields))
  return draw(c, { deed, visit, subject, fields }, { typed, errors }, 413)
}

/** A page of the desk that belongs to no deed, found and shown in the same way. */
export const showPage =
  <S,>(
    on: (visit: Visit) => Promise<S | Detour | undefined>,
    page: (visit: Visit, subject: S) => Page | Promise<Page>,
  ) =>
  async (c: Context<DeskEnv>) => {
    const visit = visitOf(c)
    const subject = await on(visit)
    if (subject === undefined) return c.notFound()
    if (subject instanceof Detour) return leave(c, subject)
    const { body, ...frame } = await page(visit, subject)
    return c.render(body as string, frame)
  }

async function find(deed: AnyDeed, visit: Visit): Promise<unknown> {
  if (!deed.on) return undefined
  return (await deed.on(visit)) ?? new Detour(404)
}

export function leave(c: Context<DeskEnv>, { to }: Detour) {
  if (typeof to === 'string') return c.redirect(to, 303)
  return to === 404 ? c.notFound() : renderFault(c, to)
}

type Drawn = { deed: AnyDeed; visit: Visit; subject: unknown; fields: FieldSet }

async function draw(
  c: Context<DeskEnv>,
  drawn: Drawn,
  shown: Shown<unknown>,
  status: 200 | RefusalStatus = 200,
) {
  const { deed, visit, subject } = drawn
  const page = deed.says
    ? standardPage(c.req.path, drawn, shown)
    : await (deed.page ?? deed.within)?.(visit, subject, shown)
  // A deed without a page is a mere button: no page of ours sends it wrongly.
  if (!page) return renderFault(c, 400)
  c.status(status)
  const { body, ...frame } = page
  return c.render(body as string, frame)
}

/** What a deed says, what it asks, and what was wrong with the answer. */
function standardPage(
  action: string,
  drawn: Drawn,
  { typed, errors, clash }: Shown<unknown>,
): Page {
  const { deed, visit, subject, fields } = drawn
  const { back, title, about, texts = [], button, isDanger } = deed.says!(visit, subject)
  const body = (
    <DeskMain title={title} back={back}>
      {about}
      <form class="card deed" method="post" action={action} novalidate>
        <Refused errors={errors} clash={clash} language={visit.language} />
        {texts.map((text) => (
          <p>{text}</p>
        ))}
        <DrawnFields fields={fields} typed={typed} errors={errors} />
        <div class="row">
          <button class={isDanger ? 'danger' : undefined}>{button}</button>
          <ButtonLink to={back.to} label={deskWords(visit.language).cancel} quiet />
        </div>
      </form>
    </DeskMain>
  )
  return { title, body }
}

export const visitOf = (c: Context<DeskEnv>): Visit => ({
  shop: c.env,
  person: c.var.person,
  language: c.var.language,
  now: c.env.now(),
  place: (name) => c.req.param(name) ?? '',
  query: (name) => c.req.query(name),
})
