import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

/** Draws a page in a process of its own, and tells whether its promises are followed from then on. */
async function drawn(first: string) {
  const script = `
    import { AsyncLocalStorage } from 'node:async_hooks'
    ${first}
    const { jsx } = await import('hono/jsx')
    let isFollowed = false
    const { run } = AsyncLocalStorage.prototype
    AsyncLocalStorage.prototype.run = function (...given) {
      isFollowed = true
      return run.apply(this, given)
    }
    const Late = async () => jsx('b', {}, 'Sept pluies & co')
    const page = String(await jsx('p', {}, jsx(Late, {})).toString())
    console.log(JSON.stringify({ page, isFollowed }))`
  const options = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, options)
  return JSON.parse(stdout) as { page: string; isFollowed: boolean }
}

it('draws pages without following every promise of the process', async () => {
  const page = '<p><b>Sept pluies &amp; co</b></p>'
  expect(await drawn(`await import('./src/entries/node/jsx.tsx')`)).toEqual({
    page,
    isFollowed: false,
  })
  expect(await drawn('')).toEqual({ page, isFollowed: true })
})
