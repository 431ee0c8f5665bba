/**
 * hono/jsx looks once, at its first render, whether there is an AsyncLocalStorage in which a component
 * finds its contexts after an `await`. None of ours asks for a context, and from the first page on
 * Node 20 and 22 would follow every promise of the process. So the first render is this one, and
 * finds none.
 */
const { process } = globalThis
try {
  globalThis.process = undefined as never
  String(<></>)
} finally {
  globalThis.process = process
}
