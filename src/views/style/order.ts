/**
 * Pages of one thought: an order in each of its states, a fault, a legal text. The state is a sign
 * and a sentence, never a colour alone. The sign goes above the sentence where letters are so large
 * (twice theirs on a phone) that a word beside it would break: `rem` here follows the reader's size,
 * which a media query's does not.
 */
export const order = /* css */ `
.state { max-width: 36rem; margin-inline: auto }
[data-status] h1 { display: grid; grid-template-columns: auto 1fr; gap: 0 var(--s3); align-items: center; font-size: clamp(1.5rem, 1.3rem + 1vw, 2rem); overflow-wrap: anywhere }
[data-status] h1::before { content: '!' / ''; display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border: 2px solid; border-radius: 50%; color: var(--bad); font: bold 1.375rem/1 var(--sans) }
[data-status] { container-type: inline-size }
@container (width < 13rem) { [data-status] h1 { grid-template-columns: 1fr; row-gap: var(--s2) } }
[data-status=paid] h1::before { content: '✓' / ''; color: var(--good) }
[data-status=pending] h1::before { content: '…' / ''; color: var(--accent) }
:is([data-status=expired], [data-status=refunded], [data-status=unknown]) h1::before { color: var(--soft) }
[data-status=refunded] h1::before { content: '↩\\FE0E' / '' }
[data-status=expired] h1::before { content: '×' / '' }
[data-status=unknown] h1::before, [data-status='404'] h1::before { content: '?' / ''; color: var(--soft) }
@media (prefers-reduced-motion: no-preference) {
  [data-status=pending] h1::before { animation: breathe 2.4s ease-in-out infinite }
  @keyframes breathe { 50% { border-color: var(--line) } }
}
.slip { position: relative; background: var(--card); border: 1px solid var(--line); border-block: 2px dashed var(--edge); padding: var(--s3) var(--s4); margin-block: var(--s5) }
.slip p { margin: 0 } .slip .code { font-size: 1.25rem; color: var(--accent) }
.file { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: var(--s4); margin-bottom: var(--s4) }
.file p { margin-bottom: var(--s2) } .file strong { font-family: var(--serif); font-size: 1.125rem; line-height: 1.3 }
.file .buttons { margin-bottom: 0 } .file > :last-child { margin-bottom: 0 }
.file-name { overflow-wrap: anywhere }
.keep .buttons { margin-top: var(--s2) }
.legal-text h2 { margin-top: 2rem }
#suivi:empty { margin: 0 }
.state .link { color: var(--soft); font-size: var(--small) }
`
