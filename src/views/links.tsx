export type LinkTo = { to: string; label: string }

/** Leads on, and looks like a button. */
export const ButtonLink = ({ to, label, quiet }: LinkTo & { quiet?: boolean }) => (
  <a class={quiet ? 'button quiet' : 'button'} href={to}>
    {label}
  </a>
)

/** A link that a thumb does not miss. */
export const TapLink = ({ to, label }: LinkTo) => (
  <a class="tap" href={to}>
    {label}
  </a>
)

/** The same, on a line of its own. */
export const TapLine = (link: LinkTo) => (
  <p>
    <TapLink {...link} />
  </p>
)
