import { raw } from 'hono/html'

const MOST_TEXTS = 100

/**
 * A part that says the same on many pages (questions, help, an empty form) is text after its first
 * drawing. Its props are all it knows, and its key: words and settings, nothing of a visitor.
 */
export function drawnOnce<Props extends object>(draw: (props: Props) => { toString(): string }) {
  const texts = new Map<string, ReturnType<typeof raw>>()
  return (props: Props) => {
    const key = JSON.stringify(props)
    const known = texts.get(key)
    if (known) return known
    // The settings that are in keys change: what was said before is not kept for ever.
    if (texts.size >= MOST_TEXTS) texts.clear()
    const text = raw(draw(props).toString())
    texts.set(key, text)
    return text
  }
}
