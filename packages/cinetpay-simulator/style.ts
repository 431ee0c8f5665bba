export const stylesheet = `
:root { --ink: #17251c; --soft: #55645a; --line: #d5ddd7; --paper: #fff; --ground: #f1f5f2;
  --go: #0b7a3e; --stop: #a32020; --note: #fff3d1; --note-ink: #5b4300; color-scheme: light dark }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8efe9; --soft: #a5b4a9; --line: #36453b; --paper: #18211b; --ground: #0e1410;
    --go: #187a42; --stop: #f09a9a; --note: #3a2f10; --note-ink: #ffe3a0 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
.banner { margin: 0; padding: .75rem 1rem; background: var(--note); color: var(--note-ink);
  text-align: center; font-weight: 600 }
main { max-width: 30rem; margin: 1rem auto; padding: 1.25rem 1rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .75rem }
main.wide { max-width: 44rem }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.3 }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.05rem }
h3 { margin: 1rem 0 .25rem; font-size: 1rem }
p { margin: .5rem 0; overflow-wrap: anywhere }
code { font-size: .9em; overflow-wrap: anywhere }
.amount { margin: .25rem 0; font-size: 2rem; font-weight: 700; line-height: 1.2 }
.soft { color: var(--soft) }
.small { font-size: .875rem }
.notice { padding: .75rem; border-left: .25rem solid currentColor; background: var(--ground) }
.bad { color: var(--stop) }
fieldset { min-width: 0; margin: 1rem 0; padding: 0; border: 0 }
legend, .label { display: block; margin: .75rem 0 .375rem; padding: 0; font-weight: 600 }
.choice { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: 0 .75rem;
  border: 1px solid var(--line); border-radius: .5rem; margin-bottom: .5rem }
.choice:has(:checked) { border-color: var(--go); box-shadow: inset 0 0 0 1px var(--go) }
input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--go) }
input[type=tel], input:not([type]), select { width: 100%; min-height: 3rem; padding: 0 .75rem; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .5rem }
button, .button { display: block; overflow-wrap: anywhere; width: 100%; min-height: 3rem; padding: .625rem 1rem; font: inherit;
  font-weight: 600; text-align: center; text-decoration: none; color: inherit; cursor: pointer;
  background: transparent; border: 1px solid var(--soft); border-radius: .5rem; margin-top: .5rem }
button.go, .button.go { color: #fff; background: var(--go); border-color: var(--go) }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px }
.others { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); gap: .5rem; margin-top: .5rem }
.others button { margin: 0; font-size: .9375rem }
details { margin: 1.25rem 0 0; padding-top: .75rem; border-top: 1px solid var(--line) }
summary { min-height: 2.75rem; padding: .5rem 0; font-weight: 600; cursor: pointer }
`

/** The only script: presses the visible button by itself. */
export const returnScript = `document.getElementById('return').submit()\n`
