import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Two halves of 4 MB, one of which is in use. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Holds what V8 makes new to 8 MB. Left alone it takes 32 MB for it under load: much, where a host
 * gives a shop 512 MB for all its processes. With 2 MB a page costs a fifth more work, with 8 a
 * twentieth. `--max-semi-space-size` does the same from a command line, which Passenger has none of;
 * from inside only the next growth can be allowed or not (Node 20, 22 and 24). V8 also shrinks it.
 */
let mayGrow = true
new PerformanceObserver(() => {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  const isSmall = young !== undefined && young.space_size < MOST_BYTES
  if (isSmall === mayGrow) return
  mayGrow = isSmall
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`)
}).observe({ entryTypes: ['gc'] })
