import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** WCAG 2.2 AA, and what axe calls good practice. */
const TAGS: Rules = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}

/** What another scheme can change. */
export const CONTRAST: Rules = { type: 'rule', values: ['color-contrast'] }

type Rules = { type: 'tag' | 'rule'; values: string[] }
type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] }

/** What axe finds wrong with the page as it stands. */
export async function axeFaults(page: Page, rules = TAGS): Promise<string[]> {
  if (await page.evaluate(`!window.axe`)) await page.evaluate(axe)
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )) as Violation[]
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      return `axe ${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`
    }),
  )
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How JSX writes: `<br/>`, `required=""`, entities only where they are needed.
    'void-style': ['error', { style: 'selfclose' }],
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-raw-characters': ['error', { relaxed: true }],
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // A phone number may be typed with spaces; nothing of ours is a one-time code.
    'tel-non-breaking': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
  },
})

/** What html-validate finds wrong with an answer. */
export async function htmlFaults(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => {
      const place = (html.split('\n')[line - 1] ?? '').slice(Math.max(0, column - 20), column + 60)
      return `html ${ruleId}: ${message}: ${place}`
    }),
  )
}

/** Where a French sentence could break before its mark, or inside its quotes. */
export function spacingFaults(html: string): string[] {
  const text = html.replace(/<(script|style|code|textarea)\b[\s\S]*?<\/\1>|<[^>]*>/g, '|')
  return (text.match(/[^|]{0,30}(?: [:;?!»](?!\S)|« )[^|]{0,10}/g) ?? []).map(
    (place) => `an ordinary space: ${place}`,
  )
}

/** What a page does that it should not: errors in the console, calls to other hosts. */
export function watch(page: Page, origin: string): () => string[] {
  let seen: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      seen.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => seen.push(`script: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) seen.push(`asks ${request.url()}`)
  })
  return () => {
    const taken = seen
    seen = []
    return taken
  }
}

/** Everything on the page fits its width, and what is tapped is large enough for a thumb. */
export async function shapeFaults(page: Page): Promise<string[]> {
  return (await page.evaluate(SHAPE)) as string[]
}

const SHAPE = `(() => {
  const faults = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) {
    const out = [...document.querySelectorAll('main *')].findLast((one) => one.getBoundingClientRect().right > clientWidth)
    faults.push('wider than the screen: ' + scrollWidth + ': ' + out?.outerHTML.slice(0, 90))
  }
  const inText = (one) => one.matches('p a, li a, dd a, label a') && !one.matches('.tap, .button')
  for (const one of document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')) {
    const { width, height } = one.getBoundingClientRect()
    if (width === 0 || one.closest('.skip') || one.closest('details:not([open]) > :not(summary)')) continue
    // What is tapped is what the link covers.
    if (getComputedStyle(one, '::after').position === 'absolute') continue
    // WCAG 2.5.8 excepts a link in a sentence.
    if (inText(one) && getComputedStyle(one).display === 'inline') continue
    if (height < 43.5 && !one.matches('[type=checkbox], [type=radio]'))
      faults.push('low target: ' + Math.round(height) + ' px: ' + one.outerHTML.slice(0, 90))
  }
  return faults
})()`

/** How much moved while the page was drawn (cumulative layout shift). */
export async function shift(page: Page): Promise<number> {
  return (await page.evaluate(
    `new Promise((resolve) => {
      let sum = 0
      new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value })
        .observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(sum), 30)
    })`,
  )) as number
}
