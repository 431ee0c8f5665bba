// Phusion Passenger requires this file. A start that fails ends the process: Passenger then
// answers at once, instead of letting visitors wait for its start time-out.
import('./dist/node.mjs').catch((error) => {
  console.error(error)
  process.exit(1)
})
