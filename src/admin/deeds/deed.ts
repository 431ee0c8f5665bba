import type { Child } from 'hono/jsx'
import type { Person } from '../../data/people/sessions.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Frame } from '../../views/layout.tsx'
import type { FaultStatus } from '../../words/fr.ts'
import type { Language } from '../../words/words.ts'
import type { Errors } from '../../forms/parse.ts'
import type { Fields, Files } from '../../forms/read.ts'
import type { FieldSet, Typed, ValueOf } from './fields.tsx'

/**
 * A deed of the desk, as a value: its address, who may do it, to what, what its form asks, what the
 * page says first, its one guarded act, and where it leads. `frame.tsx` renders and posts all of
 * them; `all.ts` lists them; the README of this folder shows one.
 */
export type Deed<S, F extends FieldSet, More> = {
  /** Where its form is posted, as the router's pattern. */
  path: string
  /** `helper`: everybody on the team. */
  by: 'owner' | 'helper'
  /** The person signs in again, unless that was minutes ago: see `../step-up.tsx`. */
  stepUp?: StepUp
  maxBytes?: number
  /**
   * For a form with files: what is said, with 413, when they are too large together. `perhaps`: the
   * form may also come without any, urlencoded.
   */
  files?: { tooLarge(visit: Visit): Errors; perhaps?: true }
  /** What it is done to, in its current state. Undefined: there is no such thing (404). */
  on?(visit: Visit): Promise<S | Detour | undefined>
  /**
   * What the form asks. Hidden fields hold what the page was drawn with; a broken one is nobody's
   * typing mistake (400).
   */
  fields?(visit: Visit, subject: S): F
  /** What stands in the fields before anybody types, and in the hidden ones at each rendering. */
  typed?(visit: Visit, subject: S): Partial<Typed> | Promise<Partial<Typed>>

  /** Checks that no single field can do; their sentences are shown with the fields' own. */
  check?(visit: Visit, subject: S, typed: Typed): Promise<Errors> | Errors

  /** For a deed with a page at its own address: what that page says before it asks. */
  says?(visit: Visit, subject: S): Says
  /** Whether that page makes sense now; if not, it redirects. The act decides again in any case. */
  isOffered?(visit: Visit, subject: S): boolean
  /** Instead of `says`: a page of its own. */
  page?(visit: Visit, subject: S, shown: Shown<More>): Page | Promise<Page>
  /** The address of `page`, where it differs from the form's. */
  pageAt?: string
  /** For a form on a page of something else, which is shown again when the form is refused. */
  within?(visit: Visit, subject: S, shown: Shown<More>): Page | Promise<Page>

  /** One statement, which decides between two people who act at once. */
  act(visit: SentVisit, subject: S, value: ValueOf<F>): Promise<Outcome<More>> | Outcome<More>
  /** Said when the act found nothing to do; the subject is read again first. */
  moved?(visit: Visit, subject: S): string
}

export type AnyDeed = Deed<unknown, FieldSet, unknown>

/** Infers the subject that `on` finds, and the values that `fields` read. */
export const defineDeed = <S = undefined, F extends FieldSet = FieldSet, More = never>(
  deed: Deed<S, F, More>,
): AnyDeed => deed as unknown as AnyDeed

/** All that a deed knows of its request. */
export type Visit = {
  shop: Shop
  person: Person
  language: Language
  now: Date
  /** The parameter `:name` of the address. */
  place(name: string): string
  /** A parameter of the query. */
  query(name: string): string | undefined
  /** The form, once it was sent. */
  sent?: Fields
  /** The files of a deed that takes some. */
  files?: Files
}
export type SentVisit = Visit & { sent: Fields; files: Files }

type StepUp = {
  /** Where to go afterwards. */
  page: (visit: Pick<Visit, 'place'>) => string
  /** The form holds nothing secret, so it is sent again unchanged, and nothing is typed twice. */
  isSentAgain?: boolean
  /** Its page shows something worth protecting as much as the deed itself. */
  alsoPage?: boolean
}

/** What a deed's page says before it is done. */
export type Says = {
  back: { to: string; label: string }
  title: string
  /** What it is done to, in one line. */
  about?: Child
  texts?: readonly string[]
  button: string
  isDanger?: boolean
}

export type Page = Pick<Frame, 'title' | 'scripts'> & { body: Child }

/** What a page with a form shows: what was typed, what was wrong with it, or what happened. */
export type Shown<More> = {
  typed: Typed
  errors: Errors
  /** Somebody else was faster: nothing was done. */
  clash?: string | undefined
  /** The whole form that was refused. */
  sent?: Fields | undefined
  /** What the act found out, to be shown on this page. */
  more?: More | undefined
}

export type Outcome<More> =
  /** Done: redirect to this address (303). */
  | string
  /** Somebody else was faster, or it is done already: nothing was done (409), and `moved` says so. */
  | undefined
  | Detour
  /** Not done, with sentences (422); a clash alone means that somebody else was faster (409). */
  | { errors?: Errors; clash?: string; status?: RefusalStatus }
  /** Done; the result is shown on its own page. */
  | { more: More }
  /** Something other than a page: a file, or an answer for a script. */
  | Response

/** Usually 422; with a clash alone, 409. 503 and 507: the storage takes no files. */
export type RefusalStatus = 409 | 413 | 422 | 429 | 503 | 507

/** Ends a visit elsewhere: with a redirect (303), or with an error page. */
export class Detour {
  readonly to: string | FaultStatus
  constructor(to: string | FaultStatus) {
    this.to = to
  }
}

export const go = (to: string) => new Detour(to)
export const fault = (status: FaultStatus) => new Detour(status)
