import type { Child, PropsWithChildren } from 'hono/jsx'
import { classesOf } from '../views/links.tsx'
import type { LinkTo, Look } from '../views/links.tsx'

/** Parts that several rooms share; a room's own parts stand beside its pages. */

type DeskMainProps = PropsWithChildren<{
  title: Child
  /** Above the title: a link to the parent page. */
  back?: LinkTo
  class?: string
}>

/** A page without its frame: the link back, the title, and the content. */
export const DeskMain = ({ title, back, children, ...main }: DeskMainProps) => (
  <main id="contenu" {...main}>
    {back && <BackLink {...back} />}
    <h1>{title}</h1>
    {children}
  </main>
)

type SectionProps = PropsWithChildren<{ title: string; id?: string; class?: string }>

/** A titled part of a page; with an id it is a named landmark that links can point to. */
export const Section = ({ title, id, children, ...section }: SectionProps) => (
  <section {...section} aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
)

export const BackLink = ({ to, label }: LinkTo) => (
  <p>
    <a href={to}>← {label}</a>
  </p>
)

type PostButtonProps = LinkTo & Look & { fields?: Readonly<Record<string, string>> }

/**
 * A deed that asks nothing: a form with one button. `fields` are hidden: what is meant, or what the
 * page was drawn with.
 */
export const PostButton = ({ to, label, fields = {}, ...look }: PostButtonProps) => (
  <form method="post" action={to}>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={classesOf(look).join(' ') || undefined}>{label}</button>
  </form>
)

/** What was just done, or how something stands: announced to screen readers. */
export const Note = ({ text }: { text: string | false | undefined }) =>
  text ? (
    <p class="note" role="status">
      {text}
    </p>
  ) : null

/** How large a file may be: in a plain form, or in pieces once `sendingScript` shows the other line. */
export const SizeHints = ({ words }: { words: { upToSimple: string; upTo: string } }) => (
  <>
    <p class="hint" data-hint="plain">
      {words.upToSimple}
    </p>
    <p class="hint" data-hint="script" hidden>
      {words.upTo}
    </p>
  </>
)

/** An upload's progress, filled in by `sendingScript`. */
export const Progress = ({ label }: { label: string }) => (
  <div data-progress hidden>
    <progress max={1} value={0} aria-label={label}></progress>
    <p class="progress-line"></p>
    <p role="status"></p>
  </div>
)

/** Numbers are excluded, so that a 0 is not taken for an absent value. */
export type Fact = readonly [name: string, value: Exclude<Child, number>]

/** Names and values; entries without a value are left out. */
export const Facts = ({ facts, ...list }: { facts: readonly Fact[]; class?: string }) => (
  <dl {...list}>
    {facts.map(
      ([name, value]) =>
        value && (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ),
    )}
  </dl>
)

type CopyFieldProps = {
  id: string
  label: string
  hint?: string
  value: string
  words: { copy: string; copied: string }
}

/** A text to copy, by hand or with `copyScript`'s button. */
export const CopyField = ({ id, label, hint, value, words }: CopyFieldProps) => (
  <div class="field copy">
    <label for={id}>{label}</label>
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    <input
      id={id}
      aria-describedby={hint && `${id}-hint`}
      type="text"
      readonly
      value={value}
      data-copy={words.copy}
      data-copied={words.copied}
    />
  </div>
)
