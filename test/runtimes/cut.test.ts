import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onWorkerd } from '../support/running.ts'

const VISITORS = 150

const shop = shopOn(onWorkerd)

/** On Node `test/faults` cuts everything; here it is the stand-in for Hyperdrive that must hold. */
it(
  'visitors of workerd who go away in the middle end nothing',
  async () => {
    const { url } = shop.running()
    const { hostname, port } = new URL(url)
    for (let n = 0; n < VISITORS; n++) {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      // Each of these asks the database.
      socket.write(`GET /auteurs/personne-${n} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
      await pause(n % 10)
      socket.resetAndDestroy()
    }
    expect((await fetch(url)).status).toBe(200)
  },
  START_MS,
)
