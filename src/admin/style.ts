/** What the desk adds to the shop's stylesheet. Each room's own needs stand under its name. */
export const deskStylesheet = /* css */ `
.desk main { padding-block: 1rem 3rem; container-type: inline-size }
.desk .top > div { flex-wrap: nowrap; padding-block: 0; overflow-x: auto; scrollbar-width: none }
.desk .top nav { flex: 1 }
.rooms { list-style: none; display: flex; margin: 0; padding: 0 }
.rooms a, .to-shop { display: flex; align-items: center; min-height: 3rem; padding: 0 .75rem; white-space: nowrap; outline-offset: -3px }
.to-shop { font-size: var(--small) } .rooms a { text-decoration: none; border-block: 3px solid transparent } .rooms li:first-child > a { margin-inline-start: -.75rem }
.rooms a[aria-current] { border-block-end-color: var(--accent); font-weight: 700; color: var(--ink); scroll-initial-target: nearest; scroll-margin-inline: 5rem }
@media (forced-colors: active) { .rooms a:not([aria-current]) { border-color: Canvas } .rooms a[aria-current] { border-block-start-color: Canvas } }
.who { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding-block: 1rem }
button.link { min-width: 0 }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end }
.row > * { flex: 1 1 9rem; min-width: 0 } .row > .fit { flex: 0 0 auto }
.small-button { width: auto; min-height: 2.75rem; padding: .4rem .9rem; font-size: 1rem }
.danger { background: transparent; color: var(--bad); border-color: var(--bad) }
.note { border-inline-start: 4px solid var(--good); background: var(--card); padding: .7rem 1rem; margin: 0 0 1rem }
.note.warn { border-color: var(--gold-ink) } .note.bad { border-color: var(--bad) }
.badge { display: inline-block; padding: .1rem .55rem; border: 1px solid currentColor; border-radius: 99px; font-size: .85rem; font-weight: 600; white-space: nowrap }
.badge.good { color: var(--good) } .badge.bad { color: var(--bad) } .badge.soft { color: var(--soft) }
.list { list-style: none; margin: 0; padding: 0 }
.list > li { border-bottom: 1px solid var(--line) }
.list > li > a { display: block; padding: .7rem 0; color: inherit; text-decoration: none }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
thead th { font-size: .9rem; color: var(--soft) } td.number, th.number { text-align: end; white-space: nowrap }
.check { display: grid; grid-template-columns: auto 1fr; gap: .1rem .6rem; align-items: center; min-height: 2.75rem }
.check input { width: 1.5rem; height: 1.5rem; min-height: 0 } .check label { margin: 0 } .check .hint { grid-column: 2 }
dl { display: grid; grid-template-columns: fit-content(45%) minmax(0, 1fr); gap: .3rem 1rem; align-items: baseline; margin: 0 0 1rem } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
fieldset { border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem; margin: 0 0 1.25rem } legend { font-weight: 600; padding: 0 .3rem }
.prices { border-inline-start: 4px solid var(--line); padding-inline-start: 1rem; margin-bottom: 1.25rem } .prices table { width: auto; min-width: min(14rem, 100%); margin-bottom: .5rem } caption { text-align: start; font-weight: 600 }
.address { overflow-wrap: anywhere }
.markdown-tools { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .4rem } .desk .markdown-tools button { min-width: 0; padding-inline: .65rem }
.desk textarea { field-sizing: content; min-height: 5.5rem; max-height: 80vh } .desk textarea:is([rows='5'], [rows='6']) { min-height: 9rem } .desk textarea:is([rows='10'], [rows='12']) { min-height: 17rem }
[hidden] { display: none !important }
.door { max-width: 26rem; margin-inline: auto } .door details { margin-block: 1.5rem 0 }
.entries { list-style: none; margin: 0 0 1rem; padding: 0 } .entries > li { border-bottom: 1px solid var(--line); padding: .75rem 0 }
.entries p { margin: 0 } .entry { display: flex; gap: .75rem; align-items: center; justify-content: space-between } .entry > :first-child { min-width: 0 }
.entries details { margin-block: .25rem 0 }
.desk section + section { margin-top: 2.5rem }
.badges { display: inline-flex; flex-wrap: wrap; gap: .35rem }
.list > li > a.book-line { display: grid; grid-template-columns: 3.5rem 1fr; gap: .9rem; align-items: center } .book-line > span { display: grid; gap: .25rem; justify-items: start; min-width: 0 } .book-line .cover { box-shadow: none; border: 1px solid var(--line) }
.desk-book .needs { margin: 0 0 .5rem } .book-columns > div + div { margin-top: 1.5rem } .desk .book-columns section { margin: 0 }
.bar { position: sticky; bottom: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; margin: 1.5rem -1rem -3rem; padding: .75rem 1rem; background: var(--card); border-block-start: 1px solid var(--line); box-shadow: 0 -4px 14px #0000001f } .bar p { margin: 0; flex: 1 1 12rem } .bar > :is(form, .button) { flex: 1 1 auto; width: auto; max-width: 100% } html:has(.bar) { scroll-padding-bottom: 6rem }
@media (max-height: 29.99rem) { .bar { position: static } }
.desk-book h3 { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
.needs { list-style: none; padding: 0 } .needs li { display: grid; grid-template-columns: 1.6rem 1fr; align-items: baseline; padding-block: .3rem } .needs li > a { padding-block: .4rem }
.needs li::before { content: '✓'; color: var(--good); font-weight: 700 } .needs .missing::before { content: '✗'; color: var(--bad) } .needs .optional::before { content: '○'; color: var(--soft) }
.cover-choice { display: grid; gap: 1rem } .cover-choice > .cover { max-width: 8rem } .made { display: block; max-width: 8rem; margin-bottom: .4rem; border: 1px solid var(--line) }
input[type=file] { padding: .6rem } .slot + .slot { margin-top: 1.5rem } .version { padding-block: .6rem } .version p { margin: 0 } .file-name { overflow-wrap: anywhere }
.check.placed { grid-template-columns: auto 1fr 3.5rem; padding-block: .2rem } .check.placed input[type=text] { width: 3.5rem; min-height: 2.75rem; height: auto; padding: .25rem; text-align: center }
.book-form .check label { min-height: 2.75rem; display: block; align-content: center; font-weight: 400 }
.book-form:has(input[value=free]:checked) :is(.when-paid, .when-chosen), .book-form:has(input[value=fixed]:checked) .when-chosen { display: none }
.preview { margin-bottom: 1.5rem } .as-typed { white-space: pre-line }
.orders .first { display: flex; gap: .75rem; justify-content: space-between; align-items: baseline }
.orders .first > :last-child { white-space: nowrap } .orders .first > :first-child { min-width: 0; overflow-wrap: anywhere }
.even { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9.5rem, 100%), 1fr)); gap: .6rem; margin-block-end: 1rem } .even > .field { min-width: 0; margin: 0 }
.even > a.button, .even button { display: grid; place-items: center; width: 100%; padding-inline: .5rem }
.search-box { display: flex; gap: .6rem } .search-box > button { flex: none; min-height: 3rem }
.pages { margin-block: 1.25rem } .pages > * { flex: 0 1 auto }
.look { margin-block-end: 2rem }
.card.case { border-color: var(--bad); margin-block-end: 1rem } .case blockquote { margin-inline-start: 1rem }
.order-columns, .order-columns > div, .book-columns > div, .home-columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; min-width: 0 } .desk .order-columns section { margin: 0 }
@container (width >= 54rem) { .order-columns { grid-template-columns: 1fr 1fr } }
.card > h2 { font-size: 1.15rem }
li > .copy { margin-block: .6rem } .copy { display: grid; gap: .35rem } .copy label, .copy .hint { margin: 0 } .copy button { justify-self: start }
.sent { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: center; margin-block-start: .5rem }
:is(.target, .who a) { display: inline-flex; gap: .4em; align-items: center; min-height: 2.75rem }
.timeline { list-style: none; margin: 0 0 1rem; padding: 0 }
.timeline li { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); gap: .5rem; padding-block: .3rem; border-block-start: 1px solid var(--line) }
.timeline time { font-variant-numeric: tabular-nums; color: var(--soft) }
blockquote { margin: .25rem 0 0; padding-inline-start: .7rem; border-inline-start: 3px solid var(--gold); white-space: pre-line; overflow-wrap: anywhere }
.payment + .payment { border-block-start: 1px solid var(--line); padding-block-start: 1rem }
.raw { overflow-wrap: anywhere } .desk form + .small { margin-block-start: .4rem }
.deed { max-width: 34rem }
/* Room is counted in the letters of its reader: rem follows them in a container, not in a media query. */
.doing { container-type: inline-size; min-width: 0 }
/* orders: a table where there is room, else each row a small grid; the one link of a row covers it */
.order-table tr { position: relative } .order-table tbody th a { text-decoration: none } .order-table tbody a::after { content: ''; position: absolute; inset: 0 }
.order-table tbody tr:hover { background: var(--shade) } .order-table tbody tr:hover a { text-decoration: underline }
.order-table td { overflow-wrap: anywhere } .order-table :is(time, .price) { white-space: nowrap }
.order-table, .order-table tbody { display: block } .order-table thead { display: none }
.order-table tbody tr { display: grid; grid-template: 'code state' 'buyer amount' 'book date' / minmax(0, 1fr) auto; gap: 0 .75rem; align-items: baseline; padding: .7rem 0; border-bottom: 1px solid var(--line) }
.order-table :is(tbody th, td) { padding: 0; border: 0 } .order-table td:nth-child(2) { grid-area: buyer; font-weight: 700 } .order-table td:nth-child(3) { grid-area: book }
.order-table td:nth-child(4) { grid-area: amount; text-align: end } .order-table td:nth-child(5) { grid-area: state; text-align: end } .order-table td:nth-child(6) { grid-area: date; text-align: end } .order-table :is(td:nth-child(3), td:nth-child(6)) { color: var(--soft); font-size: var(--small) }
@container (width >= 50rem) {
  .order-table { display: table } .order-table tbody { display: table-row-group } .order-table thead { display: table-header-group } .order-table tbody tr { display: table-row }
  .order-table :is(tbody th, td) { padding: .45rem .6rem; border-block-end: 1px solid var(--line) } .order-table :is(td:nth-child(3), td:nth-child(6)) { color: inherit; font-size: inherit } .order-table td:is(:nth-child(5), :nth-child(6)) { text-align: start }
  .order-table thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); white-space: nowrap; vertical-align: middle; padding-block: 0; box-shadow: inset 0 -1px var(--line) } .order-table thead th:has(a) { padding-inline: 0 }
  .order-table thead a { display: flex; gap: .35rem; align-items: center; min-height: 2.75rem; padding-inline: .6rem; color: inherit; text-decoration: none } .order-table thead a:hover { text-decoration: underline }
  .order-table thead a::after { content: '↕' / ''; opacity: .6 } .order-table [aria-sort] a { color: var(--ink) } .order-table [aria-sort] a::after { content: '▲' / ''; font-size: .7em; opacity: 1 } .order-table [aria-sort=descending] a::after { content: '▼' / '' }
  .order-table :is(thead th:nth-child(4) a, thead th:nth-child(4), td.price) { justify-content: end; text-align: end } .order-table td:nth-child(2) { font-weight: 600 }
}
@container (width >= 54rem) {
  .home-columns { grid-template-columns: minmax(0, 1fr) 19rem; grid-template-rows: auto 1fr; column-gap: 2.5rem; align-items: start } .doing { grid-area: 1 / 1 / span 2 }
  .settings-groups { columns: 2 } .books { columns: 2; column-gap: 2.5rem } .books > li { break-inside: avoid } .book-columns { display: grid; grid-template-columns: minmax(0, 1fr) 26rem; gap: 1.5rem; align-items: start } .desk-book .needs { display: flex; flex-wrap: wrap; gap: 0 1.75rem } .book-columns > div + div { margin: 0 }
}
.desk .home-columns > * { margin: 0 } .home-columns .order-table time { white-space: normal } .home > .card + .home-columns { margin-top: 1.5rem }
.desk .settings-groups > section { margin: 0 0 1.5rem; break-inside: avoid }
.settings-groups .list > li:last-child { border: 0 } .settings-groups .list > li:last-child > a { padding-bottom: 0 }
@container (width >= 38rem) { .bar > :is(form, .button) { flex: none } }
/* a button is as wide as its words where there is room */
@container (width >= 38rem) {
  .desk main :is(button:not(.link), .button) { width: fit-content; min-width: 7rem } .desk :is(.door, .quick) :is(button, .button) { width: 100% }
  .desk .buttons { display: flex; flex-wrap: wrap } .desk :is(.door, .quick) .buttons { display: grid } .row > :is(button, .button, form) { flex: 0 0 auto }
  .even:not(.facts) { display: flex; flex-wrap: wrap } .even > .field { flex: 0 1 17rem } .search-box { max-width: 44rem } .entries, .orders, .desk main > form, .desk .field { max-width: 48rem }
}
/* figures */
.figures .button { display: inline-block; width: auto; min-width: min(100%, 18rem); margin-top: 2rem }
.periods { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; margin: 0 0 .75rem; padding: 0 }
.periods li { flex: 1 1 auto; max-width: 9rem }
.periods a { display: grid; place-items: center; min-height: 2.75rem; padding: 0 .3rem; border: 1px solid var(--soft); border-radius: 8px; white-space: nowrap; text-decoration: none; font-size: .85rem }
.periods a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 700 }
.headlines { grid-template-columns: minmax(0, 1fr); gap: 0 1rem; margin: 1rem 0 2rem; border-top: 1px solid var(--line) }
.headlines > div { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; align-items: baseline; padding: .6rem 0; border-bottom: 1px solid var(--line) }
.headlines dd { text-align: end } .headlines dd > * { display: block; line-height: 1.35 } @container (width >= 46rem) { .headlines { grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .75rem; border: 0 } .headlines > div { display: block; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px } .headlines dd { text-align: start } }
.headlines b { font-size: 1.2rem; white-space: nowrap } .headlines .small { font-size: .87rem }
.change { font-weight: 600; font-size: .95rem } .up { color: var(--good) } .down { color: var(--bad) }
.charts { display: grid; gap: 2rem 2.5rem; align-items: start } @container (width >= 46rem) { .charts { grid-template-columns: 1fr 1fr; grid-template-rows: auto 1fr } .charts > :nth-child(2) { grid-row: span 2 } }
.charts section { min-width: 0; max-width: 36rem } .desk .charts section + section { margin-top: 0 } .charts details { margin: .25rem 0 0 } .charts summary { font-size: .95rem; color: var(--accent) }
.charts th, .charts td { padding: .4rem .3rem; font-size: .9rem; line-height: 1.35 } .charts td:first-child { overflow-wrap: anywhere }
.exports .back { display: inline-block; padding-block: .6rem }
.chart { display: block; width: 100%; height: auto; font-family: var(--sans); font-variant-numeric: tabular-nums }
.chart text { fill: var(--soft) } .chart .strong { fill: var(--ink) } .chart .bar { fill: var(--accent) } .chart .track { fill: var(--line); fill-opacity: .55 }
.chart .grid { stroke: var(--line) } .chart .ground { stroke: var(--soft) }
.files { list-style: none; margin: 1.25rem 0 0; padding: 0; display: grid; gap: 1.25rem; max-width: 30rem }
.files p { margin: .3rem 0 0 }
.desk .form-page > * { max-width: 40rem } .desk .state { margin-inline: 0 } .form-page .list + form { margin-block-start: 1.5rem } .form-page h2 { margin-block-start: 1.75rem } .form-page .card { margin-block-end: 1.5rem } .form-page .card h2 { margin-block-start: 0 } .form-page .link { text-align: start }
.message { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1rem; overflow-wrap: anywhere }
.takings { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; margin: 0 } .takings strong { font-size: 1.6rem }
.steps { list-style: none; counter-reset: step; padding: 0 } .steps > li { counter-increment: step; border-block-start: 1px solid var(--line) }
.steps summary { padding-block: .6rem; font-size: 1.1rem } .steps summary::before { content: counter(step) '. ' } .steps .badge { margin-inline-start: .4rem }
.keys > li { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; padding-block: .6rem }
.found > li { display: grid; grid-template-columns: 5.8rem 1fr; gap: .6rem; align-items: baseline; padding-block: .6rem } .found .badge { justify-self: start }
.cron-line { font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: .9rem }
.apart { border-block-start: 2px solid var(--bad); padding-block-start: 1.5rem }
/* letters twice as large on a phone: what stands side by side goes below (rem follows the reader here, as it does not in a media query) */
@container (width < 15rem) {
  dl, .desk .headlines > div { grid-template-columns: minmax(0, 1fr) } dt:not(:first-child) { margin-top: .3rem } .desk .headlines dd { text-align: start }
  .desk .order-table tbody tr { grid-template: 'code' 'state' 'buyer' 'amount' 'book' 'date' / minmax(0, 1fr) } .desk .order-table td { text-align: start }
  .timeline li, .list > li > a.book-line { grid-template-columns: minmax(0, 1fr) } .book-line > .cover { max-width: 3.5rem } .bar { position: static } :is(h1, h2) { hyphens: auto }
  .desk :is(.code, .badge, .price, time, .headlines b, .takings strong, .first > *) { white-space: normal; overflow-wrap: anywhere } .search-box, .orders .first { flex-wrap: wrap } .search-box > input { flex: 1 1 8rem }
}
progress { display: block; width: 100%; height: 1rem; margin-bottom: .4rem } .progress-line { font-variant-numeric: tabular-nums; font-weight: 600; margin: 0 }
.upload > .hint { margin-bottom: 1rem } .upload:has(option:is([value=livre], [value=leger]):checked) .field:has([name=title]) { display: none } button:disabled { opacity: .55; cursor: default }
`
