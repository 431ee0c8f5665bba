/** What a form on a page would send, were its button pressed. */
export function formIn(html: string, action: RegExp) {
  for (const [, attributes = '', inside = ''] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const target = /action="([^"]*)"/.exec(attributes)?.[1]
    if (!target || !action.test(target)) continue
    const hidden = [...inside.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
      /name="([^"]*)"/.exec(tag)?.[1] ?? '',
      /value="([^"]*)"/.exec(tag)?.[1] ?? '',
    ])
    return { action: target, fields: Object.fromEntries(hidden) as Record<string, string> }
  }
  throw new Error(`no form to ${action}`)
}
