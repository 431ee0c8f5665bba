/**
 * The one stylesheet. Warm paper, ink, one accent of fired clay; system fonts; nothing is loaded.
 * Contrast is at least 4.5:1 for text in both schemes; targets are at least 44 px high.
 */
export const stylesheet = /* css */ `
:root {
  color-scheme: light dark;
  --paper: #faf6ee; --card: #fffdf8; --ink: #251c14; --soft: #66584a; --line: #ddd0bd;
  --clay: #9a3b17; --clay-ink: #fff; --gold: #f3d9a4; --gold-ink: #3d2a08;
  --good: #1e6440; --bad: #a1271b;
  --serif: Georgia, 'Noto Serif', 'Times New Roman', serif;
  --sans: system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1612; --card: #26201a; --ink: #f3eadd; --soft: #bdae9c; --line: #463b30;
    --clay: #e58a5e; --clay-ink: #22120a; --gold: #4a3915; --gold-ink: #f6e3b8;
    --good: #7fce9f; --bad: #f39a8c;
  }
}
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--sans);
}
main, .top > *, .bottom > * { width: 100%; max-width: 60rem; margin-inline: auto; padding-inline: 1rem }
main { flex: 1; padding-block: 1.5rem 3rem }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; margin: 0 0 .6rem; text-wrap: balance }
h1 { font-size: 1.75rem } h2 { font-size: 1.3rem } h3 { font-size: 1.05rem }
p, ol, ul { margin: 0 0 1rem } ol { padding-inline-start: 1.3rem }
a { color: var(--clay); text-underline-offset: .18em }
:focus-visible { outline: 3px solid var(--clay); outline-offset: 2px; border-radius: 4px }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem }
.banner { margin: 0; padding: .5rem 1rem; background: var(--gold); color: var(--gold-ink); text-align: center; font-size: .9rem }
.top { border-bottom: 1px solid var(--line) }
.top > * { display: flex; align-items: center; justify-content: space-between; min-height: 3.5rem }
.name { font: bold 1.35rem var(--serif); color: var(--ink); text-decoration: none; padding-block: .5rem }
.name::after { content: ''; display: block; height: 4px; margin-top: 2px;
  background: repeating-linear-gradient(90deg, var(--clay) 0 8px, transparent 8px 12px) }
.bottom { border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem }
.bottom p { padding-block: 1.2rem 0; margin-bottom: 0 }
.legal { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0 0 .6rem }
.legal a { display: flex; align-items: center; min-height: 2.75rem }
.soft { color: var(--soft) } .small { font-size: .92rem }
.lead { color: var(--soft); margin-bottom: 1.5rem }
.shelf { list-style: none; padding: 0; margin: 0; display: grid; gap: 1.6rem 1rem; grid-template-columns: repeat(auto-fill, minmax(min(9rem, 42vw), 1fr)) }
.shelf a { display: block; color: inherit; text-decoration: none }
.shelf h2 { font-size: 1.05rem; margin: .6rem 0 .1rem }
.shelf a:hover h2 { text-decoration: underline; text-decoration-color: var(--clay) }
.shelf p { margin: 0 }
.cover { display: block; width: 100%; height: auto; aspect-ratio: 2 / 3; object-fit: cover; border-radius: 3px 6px 6px 3px; background: var(--line); box-shadow: 0 1px 2px #0003, 0 6px 16px #00000024 }
.blank { display: grid; place-items: center; padding: 1rem; font: bold 1.05rem/1.25 var(--serif); text-align: center; overflow-wrap: anywhere }
.price { font-weight: 700 }
.head { display: grid; grid-template-columns: min(42%, 15rem) 1fr; gap: 1.2rem; align-items: start; margin-bottom: 1.5rem }
.head .price { font-size: 1.35rem; color: var(--clay); margin: .4rem 0 }
.facts { margin: 0; color: var(--soft); font-size: .95rem }
.text { max-width: 40rem; overflow-wrap: break-word } .text p { white-space: pre-line }
.text h2 { font-size: 1.2rem } .text blockquote { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line) }
.columns { display: grid; gap: 1.5rem }
.jump { margin: .8rem 0 0 }
@media (min-width: 48rem) {
  .jump { display: none }
  h1 { font-size: 2.2rem }
  .columns { grid-template-columns: 1fr 22rem; align-items: start }
}
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.2rem }
label { display: block; font-weight: 600; margin-bottom: .25rem }
.field { margin-bottom: 1rem }
.hint { margin: 0 0 .25rem; color: var(--soft); font-size: .9rem }
.error { margin: .25rem 0 0; color: var(--bad); font-weight: 600; font-size: .95rem }
.error::before { content: '⚠ ' }
.summary { border: 2px solid var(--bad); border-radius: 8px; padding: .7rem 1rem; margin-bottom: 1rem; font-weight: 600 }
input, select, textarea {
  width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--soft); border-radius: 6px;
}
[aria-invalid] { border: 2px solid var(--bad) }
button, .button {
  display: block; width: 100%; min-height: 3.2rem; padding: .75rem 1rem; border: 2px solid var(--clay); border-radius: 8px;
  background: var(--clay); color: var(--clay-ink); font: bold 1.1rem/1.4 var(--sans); text-align: center; text-decoration: none; cursor: pointer;
}
.quiet { background: transparent; color: var(--clay) }
.buttons { display: grid; gap: .75rem; margin-block: 1.25rem }
.state { max-width: 36rem; margin-inline: auto }
.state h1::before { display: inline-block; margin-inline-end: .5rem }
.lines { white-space: pre-line } .legal-text h2 { margin-block-start: 2rem }
details { margin-block: 1rem } summary { min-height: 2.75rem; display: list-item; align-content: center; cursor: pointer; font-weight: 600 }
[data-status=paid] h1::before { content: '✓'; color: var(--good) }
[data-status=pending] h1::before { content: '…'; color: var(--clay) }
[data-status=failed] h1::before, [data-status=review] h1::before { content: '!'; color: var(--bad) }
.note { border-inline-start: 4px solid var(--good); background: var(--card); padding: .7rem 1rem; margin: 0 0 1rem } .note > :last-child { margin: 0 }
.links { display: flex; flex-wrap: wrap; gap: 0 1.25rem }
.tap { display: inline-flex; align-items: center; min-height: 2.75rem }
.was { color: var(--soft); margin: -.4rem 0 .4rem }
.code-asked { margin-top: 0 } .code-applied { border: 1px dashed var(--good); border-radius: 8px; padding: .6rem 1rem .2rem; margin-bottom: 1rem } .code-applied p { margin: 0 }
.shelf.pack { grid-template-columns: repeat(auto-fill, minmax(6.5rem, 8rem)); margin-bottom: 1.5rem } .pack h3 { margin: .5rem 0 .1rem }
.slip { border: 1px dashed var(--soft); border-radius: 8px; padding: .8rem 1rem; margin-block: 1.25rem }
.slip p { margin: 0 }
.code { font-family: ui-monospace, 'Noto Sans Mono', monospace; font-weight: 700; letter-spacing: .06em; white-space: nowrap }
`
