export type LinkTo = { to: string; label: string }

export type Look = { quiet?: boolean; small?: boolean; danger?: boolean; link?: boolean }

/** The CSS classes of a button with this look. */
export const classesOf = ({ quiet, small, danger, link }: Look) => [
  ...(quiet ? ['quiet'] : []),
  ...(small ? ['small-button'] : []),
  ...(danger ? ['danger'] : []),
  ...(link ? ['link'] : []),
]

type ButtonLinkProps = LinkTo & Look & { isOutside?: boolean }

/** A link that looks like a button; one that leaves the shop opens in a new window. */
export const ButtonLink = ({ to, label, isOutside, ...look }: ButtonLinkProps) => (
  <a
    class={['button', ...classesOf(look)].join(' ')}
    href={to}
    {...(isOutside && { target: '_blank', rel: 'noopener' })}
  >
    {label}
  </a>
)

/** A link large enough for a thumb. */
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
