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
 * A deed of the desk, as a value: where it is, who may, on what, what is asked, what it says before,
 * its one guarded act, and where it leads. `frame.tsx` renders and posts all of them; `all.ts` lists
 * them; the README of this folder shows one.
 */
export type Deed<S, F extends FieldSet, More> = {
  /** Where its form is posted, as the router spells it. */
  path: string
  /** `helper`: everybody of the team. */
  by: 'owner' | 'helper'
  /** The person signs in again, unless that was minutes ago: see `../step-up.tsx`. */
  stepUp?: StepUp
  maxBytes?: number
  /**
   * Its form brings files; what is said, with 413, when all of it is too large. `perhaps`: it may come
   * without any, as a plain form.
   */
  files?: { tooLarge(visit: Visit): Errors; perhaps?: true }
  /** What it is done to, as it is now. Undefined: there is no such thing (404). */
  on?(visit: Visit): Promise<S | Detour | undefined>
  /** What the form asks. Its hidden fields hold what was seen; broken, they are nobody's mistake (400). */
  fields?(visit: Visit, subject: S): F
  /** What stands in the fields before anybody types, and in the hidden ones whenever it changes. */
  typed?(visit: Visit, subject: S): Partial<Typed> | Promise<Partial<Typed>>

  /** What no field knows by itself; its sentences join the fields' own. */
  check?(visit: Visit, subject: S, typed: Typed): Promise<Errors> | Errors

  /** It has a page at its own address, which says this before it asks. */
  says?(visit: Visit, subject: S): Says
  /**
   * Whether that page makes sense now; if not, it leads back. The act decides again in any case.
   */
  isOffered?(visit: Visit, subject: S): boolean
  /** In place of `says`: a page of its own making. */
  page?(visit: Visit, subject: S, shown: Shown<More>): Page | Promise<Page>
  /** Where `page` is, if not where its form is posted. */
  pageAt?: string
  /** Its form stands on a page of something else, which is shown again when it is refused. */
  within?(visit: Visit, subject: S, shown: Shown<More>): Page | Promise<Page>

  /** One statement, which decides between two people who come at once. */
  act(visit: SentVisit, subject: S, value: ValueOf<F>): Promise<Outcome<More>> | Outcome<More>
  /** Said when the act found nothing to do; the subject is as it is now. */
  moved?(visit: Visit, subject: S): string
}

export type AnyDeed = Deed<unknown, FieldSet, unknown>

/** Infers what `on` finds, and the values that `fields` read. */
export const defineDeed = <S = undefined, F extends FieldSet = FieldSet, More = never>(
  deed: Deed<S, F, More>,
): AnyDeed => deed as unknown as AnyDeed

/** All that a deed knows of the request that it comes in. */
export type Visit = {
  shop: Shop
  person: Person
  language: Language
  now: Date
  /** What the address holds at `:name`. */
  place(name: string): string
  /** What stands behind the address's question mark. */
  query(name: string): string | undefined
  /** The form, once it is sent. */
  sent?: Fields
  /** The files of a deed that takes some. */
  files?: Files
}
export type SentVisit = Visit & { sent: Fields; files: Files }

export type StepUp = {
  /** Where the person goes on afterwards. */
  page: (visit: Pick<Visit, 'place'>) => string
  /** Its form holds nothing secret: it is sent again as it was, and nothing is typed twice. */
  isSentAgain?: boolean
  /** Its page shows what is worth as much as the deed. */
  alsoPage?: boolean
}

/** What a deed says before it is done. */
export type Says = {
  back: { to: string; label: string }
  title: string
  /** What it is done to, in a line. */
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
  /** Somebody was first: nothing was done. */
  clash?: string | undefined
  /** The whole form that was refused. */
  sent?: Fields | undefined
  /** What the act found out, to be shown on this page. */
  more?: More | undefined
}

export type Outcome<More> =
  /** Done: the address that it leads to (303). */
  | string
  /** Somebody was first, or it is done already: nothing was done (409), and `moved` says so. */
  | undefined
  | Detour
  /** Not done, with sentences (422); with a clash alone, somebody was first (409). */
  | { errors?: Errors; clash?: string; status?: RefusalStatus }
  /** Done, and shown on its own page. */
  | { more: More }
  /** Something other than a page: a file, an answer for a script. */
  | Response

/** As a rule 422; with a clash alone, 409. The last two: the place where files lie takes none. */
export type RefusalStatus = 409 | 413 | 422 | 429 | 503 | 507

/** Ends a visit elsewhere: at an address (303), or at the page of a fault. */
export class Detour {
  readonly to: string | FaultStatus
  constructor(to: string | FaultStatus) {
    this.to = to
  }
}

export const go = (to: string) => new Detour(to)
export const fault = (status: FaultStatus) => new Detour(status)
