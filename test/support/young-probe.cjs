// Loaded before a program: makes what V8 calls garbage, and says how large its young generation grew. The
// median of the later rounds: on a busy machine pages that are not swept yet stand beside it for a moment.
'use strict'
const { getHeapSpaceStatistics } = require('node:v8')
const ROUNDS = 150
const sizes = []
const kept = []
for (let round = 0; round < ROUNDS; round++) {
  const made = Array.from({ length: 20_000 }, (_, i) => ({ i, list: [i] }))
  kept.push(made.slice(0, 200))
  if (kept.length > 50) kept.shift()
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  if (round >= ROUNDS / 2) sizes.push(young.space_size)
}
const size = sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 2)]
console.log(`young generation: ${(size / 1024 / 1024).toFixed(1)} MB`)
