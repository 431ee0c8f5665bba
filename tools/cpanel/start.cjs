// One version of the shop, or one of its commands (`node passenger.cjs doctor`). A start that fails
// ends the process: Passenger then answers at once, instead of letting visitors wait for its time-out.
const entry = global.kiosque.isCommand ? './dist/cli.mjs' : './dist/packaged.mjs'
import(entry).catch((error) => {
  console.error(error)
  process.exit(1)
})
