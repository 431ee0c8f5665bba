export type LinkTo = { to: string; label: string }

export type Look = { quiet?: boolean; small?: boolean; danger?: boolean; link?: boolean }

/** What the stylesheet calls a button that looks so. */
export const classesOf = ({ quiet, small, danger, link }: Look) => [
  ...(quiet ? ['quiet'] : []),
  ...(small ? ['small-button'] : []),
  ...(danger ? ['danger'] : []),
  ...(link ? ['link'] : []),
]

type ButtonLinkProps = LinkTo & Look & { isOutside?: boolean }

/** Leads on, and looks like a button; outside of the shop, in a window of its own. */
export const ButtonLink = ({ to, label, isOutside, ...look }: ButtonLinkProps) => (
  <a
    class={['button', ...classesOf(look)].join(' ')}
    href={to}
    {...(isOutside && { target: '_blank', rel: 'noopener' })}
  >
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
