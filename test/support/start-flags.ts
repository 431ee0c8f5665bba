import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { scripts: { start: string } }

/** What `npm start` tells Node itself, before the name of the program. */
export const START_FLAGS = / node (.*)dist\/node\.mjs$/
  .exec(scripts.start)![1]!
  .split(' ')
  .slice(0, -1)
