/** The storefront: shelves of covers, and a book's own page. */
export const storefrontStyle = /* css */ `
.shelf { list-style: none; padding: 0; margin: 0 -.5rem; display: grid; gap: var(--s5) 0; grid-template-columns: repeat(auto-fill, minmax(min(11.5rem, max(50%, 8rem)), 1fr)) }
.shelf li { min-width: 0 }
.shelf a { display: block; height: 100%; color: inherit; text-decoration: none }
.shelf .cover { width: calc(100% - 1rem); margin-inline: .5rem; border-radius: 2px 4px 0 0 }
.shelf :is(.cover, picture) + * { border-top: 3px solid var(--line); padding-top: var(--s3); margin-top: 0 }
.shelf :is(h2, h3, p) { margin: 0; padding-inline: .5rem }
.shelf :is(h2, h3) { font-size: 1.0625rem; line-height: 1.3; text-wrap: wrap; overflow-wrap: anywhere; hyphens: auto; display: -webkit-box; -webkit-line-clamp: 4; -webkit-box-orient: vertical; overflow: hidden }
.shelf a:hover :is(h2, h3) { text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: .2em }
.shelf .soft { line-height: 1.4; margin-top: var(--s1) }
.shelf .price { margin-top: var(--s1) }
.shelf:not(.pack):has(> :only-child) { max-width: 19rem; grid-template-columns: 1fr } .more > .shelf:not(.pack):has(> :only-child) { max-width: 13rem }
.empty { max-width: 26rem; margin: var(--s6) auto; text-align: center; color: var(--soft) }
.empty::before { content: ''; display: block; width: 7rem; height: 4.5rem; margin: 0 auto var(--s4); border-bottom: 3px solid var(--line);
  background: linear-gradient(90deg, var(--line) 0 .9rem, transparent 0 1.1rem, var(--shade) 0 2.1rem, transparent 0 2.3rem, var(--line) 0 3rem, transparent 0) bottom left / 100% 80% no-repeat }

.cover { display: block; width: 100%; height: auto; aspect-ratio: 2 / 3; object-fit: cover; border-radius: 2px 4px 4px 2px; background: var(--shade); box-shadow: var(--lift) }
.blank { display: grid; grid-template-columns: minmax(0, 1fr); align-content: center; padding: 10% 8%; border: 1px solid var(--line); border-inline-start: 8px solid var(--brand); font: bold 1.0625rem/1.3 var(--serif); text-align: center; overflow: hidden; overflow-wrap: break-word; hyphens: auto; color: var(--ink) }
.blank.long span { font-size: .75rem; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 8; overflow: hidden }

.price { font-weight: 700; font-variant-numeric: tabular-nums }
.was { color: var(--soft); margin: -.4rem 0 .4rem }
.head { display: flex; flex-wrap: wrap; gap: var(--s3) 1.25rem; align-items: flex-start }
.head > :first-child { flex: none; width: min(40%, 15rem) } .head > .blank { padding: .8rem .6rem } .head > div:last-child { flex: 1 1 min-content; min-width: 0; overflow-wrap: anywhere }
.head h1 { overflow-wrap: anywhere; hyphens: auto; text-wrap: wrap }
.head h1.long { font-size: 1.375rem }
.head .soft { margin-bottom: var(--s2) }
.head .price { font-size: 1.5rem; line-height: 1.3; color: var(--accent); margin: 0 0 var(--s2); overflow-wrap: break-word }
.facts { margin: 0; color: var(--soft); font-size: var(--small); line-height: 1.5 }
:is(.jump, .excerpt) { margin: var(--s3) 0 0 }
.about > :last-child { margin-bottom: 0 }
:is(.about, .later) h2 { margin-top: var(--s5) } .later > :first-child h2 { margin-top: 0 }
.text { font: 1.125rem/1.65 var(--serif); max-width: 38rem }
.text p { white-space: pre-line }
.text blockquote { margin: 0 0 var(--s4); padding-inline-start: var(--s4); border-inline-start: 3px solid var(--accent) }
.book { display: grid; gap: var(--s5) }
.book > * { min-width: 0 }
.shelf.pack { grid-template-columns: repeat(auto-fill, minmax(min(8rem, 50%), 1fr)); margin-bottom: var(--s5) }
.after { list-style: none; counter-reset: step; padding: 0; max-width: 38rem }
.after li { counter-increment: step; position: relative; padding: .1rem 0 var(--s3) 3rem }
.after li::before { content: counter(step); position: absolute; inset: 0 auto auto 0; width: 2rem; height: 2rem; border: 2px solid var(--accent); border-radius: 50%; color: var(--accent); font: bold 1rem/1.75rem var(--serif); text-align: center }
.after li:not(:last-child)::after { content: ''; position: absolute; inset: 2.3rem auto .3rem 1rem; border-inline-start: 1px solid var(--line) }
.shelf-head h1 { margin-bottom: var(--s1) } .shelf-head .lead { margin-bottom: var(--s3) }
.search { display: flex; flex-wrap: wrap; gap: var(--s2); max-width: 30rem; margin-bottom: var(--s3) }
.search input { flex: 1 1 9rem; width: auto; min-width: 0 } .search button { flex: none; width: auto; min-height: 3rem; padding-block: .4rem } ::placeholder { color: var(--soft); opacity: 1 }
.tags { list-style: none; display: flex; flex-wrap: wrap; gap: var(--s2); margin: 0 0 var(--s4); padding: 0 }
.tags a { display: inline-flex; align-items: center; min-height: var(--tap); padding: .2rem var(--s4); border: 1px solid var(--edge); border-radius: 99px; background: var(--card); text-decoration: none; font-size: var(--small); line-height: 1.3 }
.tags a:hover { text-decoration: underline }
.further { max-width: 24rem; margin: var(--s6) auto 0; text-align: center }
.contents ol { font: 1.0625rem/1.6 var(--serif) }
:is(.questions, .on-phone) details { margin: 0; border-block-end: 1px solid var(--line) }
:is(.questions, .on-phone) details p { padding-inline-start: 1.25rem } :is(.questions, .on-phone) summary { padding-block: var(--s2); line-height: 1.4 }
.more { grid-column: 1 / -1 }
.by a { display: inline-flex; align-items: center; min-height: var(--tap); margin-block: -.5rem }
.languages { list-style: none; margin-block: 0; padding-block: 0 } .languages a { display: inline-flex; align-items: center; min-height: var(--tap) }
.print-card { display: flex; flex-wrap: wrap; gap: var(--s4); max-width: 24rem; padding: var(--s5); background: #fff; color: #000; border: 1px dashed var(--edge) }
.print-card > :nth-child(1) { flex: 0 1 6rem; min-width: 0 } .print-card > :nth-child(2) { flex: 1 1 8rem; min-width: 0 }
.print-card > :nth-child(n + 3) { flex: 1 1 100%; min-width: 0; text-align: center }
.print-card h1 { font-size: 1.375rem } .print-card :is(.soft, .price) { color: inherit; margin: 0 }
.qr { height: auto; aspect-ratio: 1; image-rendering: pixelated } .print-card .address { font-family: var(--mono); font-size: .875rem; overflow-wrap: anywhere }
@media print { .print-hint { display: none } .print-card { border-color: #000 } }
@media (max-width: 39.99rem) { .tags { flex-wrap: nowrap; overflow-x: auto; margin-inline: -1rem; padding: 4px 1rem } .tags li { flex: none } }
@media (max-width: 22.99rem) { .head { column-gap: var(--s4) } .head h1 { font-size: 1.5rem } }
@media (min-width: 56rem) {
  .book { grid-template-columns: minmax(0, 1fr) 22rem; grid-template-rows: auto auto 1fr; gap: var(--s5) var(--s6) }
  .book > .card { grid-area: 1 / 2 / span 3; align-self: start }
  .jump { display: none }
  .excerpt .button { display: inline-block; width: auto; min-width: 11rem } .shelf-head { display: flex; align-items: end; justify-content: space-between; gap: var(--s5) } .shelf-head > * { flex: 0 1 30rem }
  .head { column-gap: 2rem } .head .price { font-size: 1.75rem }
}
@media (min-width: 40rem) { .shelf { grid-template-columns: repeat(3, 1fr) } }
@media (min-width: 60rem) { .shelf { grid-template-columns: repeat(6, 1fr) } .shelf:not(.pack, :has(> :nth-child(6))) { grid-template-columns: repeat(auto-fit, minmax(11rem, 15rem)) } }
@media (min-width: 72rem) {
  .book { grid-template-columns: 17rem minmax(0, 1fr) 22rem; grid-template-rows: auto 1fr auto } .head { display: contents } .head > :first-child { grid-area: 1 / 1 / span 2; width: 100%; position: sticky; top: var(--s4) } .head > div:last-child { grid-area: 1 / 2 }
  .about { grid-area: 2 / 2 } .book > .card { grid-area: 1 / 3 / span 2 }
  .later { grid-area: 3 / 1 / auto / -1; display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: var(--s5) var(--s6); align-items: start } .later h2 { margin-top: 0 } .share { grid-column: 1 / -1; max-width: 20rem }
}
`
