import type { Child, PropsWithChildren } from 'hono/jsx'
import { classesOf } from '../views/links.tsx'
import type { LinkTo, Look } from '../views/links.tsx'

/** What pages of several rooms show; a room's own parts stand beside its pages. */

type DeskMainProps = PropsWithChildren<{
  title: Child
  /** Above the title: the page that this one belongs to. */
  back?: LinkTo
  class?: string
}>

/** A page without its frame: the way back, the title, and the rest. */
export const DeskMain = ({ title, back, children, ...main }: DeskMainProps) => (
  <main id="contenu" {...main}>
    {back && <BackLink {...back} />}
    <h1>{title}</h1>
    {children}
  </main>
)

type SectionProps = PropsWithChildren<{ title: string; id?: string; class?: string }>

/** A part of a page, under its title; with an id it is heard by that name, and can be led to. */
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

/** A deed that asks nothing: a form of one button. `fields`: what is meant by it, or was seen. */
export const PostButton = ({ to, label, fields = {}, ...look }: PostButtonProps) => (
  <form method="post" action={to}>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={classesOf(look).join(' ') || undefined}>{label}</button>
  </form>
)

/** What was done just now, or how something stands: read out to people who hear the page. */
export const Note = ({ text }: { text: string | false | undefined }) =>
  text ? (
    <p class="note" role="status">
      {text}
    </p>
  ) : null

/** How far a file is on its way: filled in by `sendingScript`. */
export const Progress = ({ label }: { label: string }) => (
  <div data-progress hidden>
    <progress max={1} value={0} aria-label={label}></progress>
    <p class="progress-line"></p>
    <p role="status"></p>
  </div>
)

/** No number: 0 says something, and is to be written. */
export type Fact = readonly [name: string, value: Exclude<Child, number>]

/** Names and their values; where there is no value, there is no line. */
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

/** A line to take away, by hand or with `copyScript`'s button. */
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
