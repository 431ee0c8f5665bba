/**
 * What every page stands on: the scale, the letters, the frame with its awning, buttons and notes.
 * A kiosk has an awning: it hangs in the seller's own colour, and is all the ornament there is.
 */
export const base = /* css */ `
:root {
  color-scheme: light dark; accent-color: var(--accent);
  --serif: 'Iowan Old Style', Charter, 'Noto Serif', Georgia, serif;
  --sans: system-ui, Roboto, 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'Roboto Mono', 'Noto Sans Mono', monospace;
  --small: .9375rem; --h3: 1.125rem; --h2: 1.375rem; --h1: clamp(1.75rem, 1.4rem + 1.8vw, 2.5rem);
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2.5rem;
  --round: 8px; --tap: 2.75rem;
  --lift: 0 1px 2px #0003, 0 4px 14px #0000001f;
}
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: var(--s4) }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--sans); overflow-wrap: break-word;
}
main, .top > *, .bottom > * { width: 100%; max-width: 80rem; margin-inline: auto; padding-inline: var(--s4) }
main { flex: 1; padding-block: var(--s5) var(--s6) }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; margin: 0 0 .6rem; text-wrap: balance }
h1 { font-size: var(--h1); letter-spacing: -.01em } h2 { font-size: var(--h2) } h3 { font-size: var(--h3) }
p, ol, ul, dl { margin: 0 0 var(--s4) } ol, ul { padding-inline-start: 1.4rem } dd { margin: 0 } p, li, summary { text-wrap: pretty }
li::marker { color: var(--accent); font-weight: 700 }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px }
a:hover { text-decoration-thickness: 2px }
img { max-width: 100% }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px }
.skip { position: absolute; left: -99rem; z-index: 1 }
.skip:focus { left: var(--s4); top: var(--s2); background: var(--card); padding: var(--s3) var(--s4) }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

.banner { margin: 0; padding: var(--s2) var(--s4); background: var(--gold); color: var(--gold-ink); text-align: center; font-size: .875rem; line-height: 1.4 }
.top::before {
  content: ''; display: block; height: 16px;
  background:
    radial-gradient(circle at 50% 4px, var(--brand) 11px, transparent 11.6px) 0 0 / 48px 16px,
    radial-gradient(circle at 50% 4px, var(--brand-thin) 11px, transparent 11.6px) 24px 0 / 48px 16px;
}
.top > div { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 var(--s5); padding-block: var(--s2) }
.top nav { font-size: var(--small) }
.name { display: flex; align-items: center; gap: var(--s3); min-height: 3rem; font: bold 1.5rem/1.2 var(--serif); letter-spacing: -.01em; color: var(--ink); text-decoration: none }
.logo { display: block; width: auto; height: 2.5rem; max-width: 9rem; object-fit: contain }
.bottom { background: var(--shade); border-top: 1px solid var(--line); font-size: var(--small); padding-block: var(--s4) }
.bottom p { margin: var(--s2) auto 0; color: var(--soft) }
.legal { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0 }
.legal a, .tap { display: inline-flex; align-items: center; min-height: var(--tap) }

.soft { color: var(--soft) } .small { font-size: var(--small) }
.lead { color: var(--soft); font: italic 1.125rem/1.5 var(--serif); max-width: 38rem; margin-bottom: var(--s5) }
.lines { white-space: pre-line }
.code { font-family: var(--mono); font-weight: 700; letter-spacing: .06em; white-space: nowrap }
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: 1.25rem }
.card > :last-child { margin-bottom: 0 }
.note { border-inline-start: 4px solid var(--good); background: var(--card); border-radius: 0 var(--round) var(--round) 0; padding: var(--s3) var(--s4); margin: 0 0 var(--s4) }
.note > :last-child { margin: 0 }
.links { display: flex; flex-wrap: wrap; gap: 0 1.25rem }
details { margin-block: var(--s4) }
summary { min-height: var(--tap); align-content: center; cursor: pointer; font-weight: 600; list-style-position: outside; margin-inline-start: 1.25rem }
summary::marker { color: var(--accent) }

button, .button {
  display: block; width: 100%; min-height: 3.25rem; padding: .7rem var(--s4); border: 2px solid var(--accent); border-radius: var(--round);
  background: var(--accent); color: var(--on-accent); font: bold 1.0625rem/1.4 var(--sans); text-align: center; text-decoration: none; cursor: pointer;
  overflow-wrap: anywhere; hyphens: auto; text-wrap: balance;
}
button:hover, .button:hover { text-decoration: underline; text-underline-offset: .25em; text-decoration-thickness: 2px }
.quiet { background: transparent; color: var(--accent) }
button.link { width: auto; min-height: var(--tap); padding: 0; border: 0; background: none; color: var(--accent); font: inherit; text-decoration: underline }
.buttons { display: grid; gap: var(--s3); margin-block: 1.25rem }
button:disabled { opacity: .55; cursor: default }

@media (prefers-contrast: more) {
  :root { --soft: var(--ink); --line: var(--edge); --edge: var(--ink) }
}
@media (forced-colors: active) {
  .top::before { display: none }
  .button { border-color: LinkText }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth }
}
@media print {
  .top::before, .top nav, .bottom, .skip, .banner, form, .button { display: none }
}
`
