// Loaded before a program: makes what V8 calls garbage, and says how large its young generation grew.
'use strict'
const { getHeapSpaceStatistics } = require('node:v8')
let most = 0
const kept = []
for (let round = 0; round < 150; round++) {
  const made = Array.from({ length: 20_000 }, (_, i) => ({ i, list: [i] }))
  kept.push(made.slice(0, 200))
  if (kept.length > 50) kept.shift()
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  most = Math.max(most, young.space_size)
}
console.log(`young generation: ${(most / 1024 / 1024).toFixed(1)} MB`)
