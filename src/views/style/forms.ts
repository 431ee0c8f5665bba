/** Forms: what is asked, what is wrong with it, and a code for those who have one. */
export const forms = /* css */ `
label { display: block; font-weight: 600; margin-bottom: var(--s1); line-height: 1.4 }
.field { margin-bottom: 1.125rem }
.hint { margin: 0 0 var(--s1); color: var(--soft); font-size: var(--small); line-height: 1.4 }
.error { margin: var(--s1) 0 0; color: var(--bad); font-weight: 600; font-size: var(--small); line-height: 1.4 }
.error::before, .summary::before { content: '⚠\\FE0E\\A0' / '' }
.summary { border: 2px solid var(--bad); border-radius: var(--round); background: var(--card); padding: var(--s3) var(--s4); margin-bottom: var(--s4); font-weight: 600 }
input, select, textarea {
  width: 100%; min-height: 3rem; padding: var(--s2) var(--s3); font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--edge); border-radius: 6px;
}
input:not([type]), input[type=text], input[type=tel], input[type=email] { line-height: 1.5 }
input[type=color] { width: 6rem; height: 3.5rem; padding: .3rem }
[aria-invalid] { border: 2px solid var(--bad) }
.code-asked { margin-top: 0 }
.code-applied { border: 1px dashed var(--good); border-radius: var(--round); padding: .6rem var(--s4) .2rem; margin-bottom: var(--s4) } .code-applied p { margin: 0 }
`
