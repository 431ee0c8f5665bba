/**
 * Lets many connections share PGlite's single backend, by PostgreSQL's own wire protocol.
 *
 * The promise: an answer goes to the connection that asked. One connection holds the backend from
 * its first message until the backend says that it is idle, so also for a whole transaction, and is
 * fed message by message; the others wait. A connection that vanishes is rolled back.
 * Accepted: it is one session, so settings, LISTEN and session-wide advisory locks are everybody's;
 * cancelling does nothing; a query outside the handle inside `sql.begin` waits for ever; a client
 * that keeps using the unnamed statement after a Sync is not served (the `postgres` driver does not).
 *
 * PGlite's own `pglite-socket` takes turns by message, so that the batches of two connections mix
 * (electric-sql/pglite #1046; #977 would mend it): with that, most of this file may go.
 */
import { timingSafeEqual } from 'node:crypto'
import type { PGlite } from '@electric-sql/pglite'
import * as wire from './wire.ts'

/** The far end: how to answer a client, and how to hang up on it. */
export type Client = { write(bytes: Buffer): void; hangUp(): void; password?: string }
/** The near end: what the client says, that it said its last word, or that it is gone. */
export type Line = { receive(bytes: Buffer): void; finish(): void; vanish(): void }

type Connection = {
  client: Client
  stage: 'startup' | 'password' | 'open' | 'leaving' | 'gone'
  reader: wire.MessageReader
  inbox: Buffer[]
  statements: Set<string>
}

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
const MAX_STARTUP_BYTES = 10_000
const YIELD_AFTER_MS = 10

export class SharedBackend {
  readonly #db: PGlite
  readonly #connections = new Set<Connection>()
  readonly #waiting = new Set<Connection>()
  #greeting: Buffer = Buffer.alloc(0)
  #holder: Connection | undefined
  #running = false
  #refusal: Error | undefined

  private constructor(db: PGlite) {
    this.#db = db
  }

  static async over(db: PGlite): Promise<SharedBackend> {
    const shared = new SharedBackend(db)
    shared.#greeting = await shared.#exec(wire.startup({ user: 'postgres', database: 'postgres' }))
    return shared
  }

  open(client: Client): Line {
    const connection: Connection = {
      client,
      stage: 'startup',
      reader: new wire.MessageReader(),
      inbox: [],
      statements: new Set(),
    }
    this.#connections.add(connection)
    return {
      receive: (bytes) => this.#receive(connection, bytes),
      finish: () => this.#leave(connection),
      vanish: () => this.#drop(connection),
    }
  }

  /** Runs a statement of our own, in its turn; what comes of it is nobody's business. */
  run(statement: string): Promise<void> {
    return new Promise((done) => {
      const line = this.open({ write() {}, hangUp: done })
      line.receive(wire.startup({ user: 'postgres' }))
      line.receive(wire.query(statement))
      line.receive(wire.terminate)
    })
  }

  /** Hangs up on everybody and waits until the backend is at rest. */
  async close(): Promise<void> {
    this.#refusal ??= new Error('The embedded database is closed.')
    for (const connection of this.#connections) {
      connection.client.hangUp()
      this.#drop(connection)
    }
    while (this.#running) await nextTurn()
  }

  #receive(connection: Connection, bytes: Buffer) {
    connection.reader.push(bytes)
    try {
      while (!hasLeft(connection)) {
        const limit = connection.stage === 'open' ? MAX_MESSAGE_BYTES : MAX_STARTUP_BYTES
        const message = connection.reader.take(connection.stage !== 'startup', limit)
        if (!message) return
        this.#take(connection, message)
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#refuse(connection, '08P01', error.message)
    }
  }

  #take(connection: Connection, message: Buffer) {
    if (this.#refusal) return this.#refuse(connection, '57P01', this.#refusal.message)
    switch (connection.stage) {
      case 'startup':
        return this.#greet(connection, message)
      case 'password':
        if (isPassword(message, connection.client.password)) return this.#welcome(connection)
        return this.#refuse(connection, '28P01', 'The password is wrong.')
      case 'open':
        connection.inbox.push(message)
        return this.#wake(connection)
    }
  }

  #greet(connection: Connection, message: Buffer) {
    const code = message.length < 8 ? 0 : message.readUInt32BE(4)
    switch (code) {
      case wire.SSL_REQUEST:
      case wire.GSS_REQUEST:
        return connection.client.write(Buffer.from('N'))
      case wire.CANCEL_REQUEST:
        return connection.client.hangUp()
    }
    if (code >>> 16 !== 3) {
      return this.#refuse(connection, '0A000', 'Only version 3 of the protocol is spoken here.')
    }
    if (connection.client.password === undefined) return this.#welcome(connection)
    connection.stage = 'password'
    connection.client.write(wire.askPassword)
  }

  #welcome(connection: Connection) {
    connection.stage = 'open'
    connection.client.write(this.#greeting)
  }

  #refuse(connection: Connection, code: string, text: string) {
    connection.client.write(wire.fatalError(code, text))
    connection.client.hangUp()
    this.#drop(connection)
  }

  #drop(connection: Connection) {
    connection.inbox = []
    this.#leave(connection)
  }

  #leave(connection: Connection) {
    if (hasLeft(connection)) return
    connection.stage = 'leaving'
    this.#wake(connection)
  }

  #wake(connection: Connection) {
    if (this.#holder !== connection) this.#waiting.add(connection)
    if (this.#running) return
    this.#running = true
    void this.#run()
  }

  async #run() {
    let yieldAt = performance.now() + YIELD_AFTER_MS
    for (let next = this.#next(); next; next = this.#next()) {
      await this.#serve(next).catch(() => next.client.hangUp())
      if (performance.now() < yieldAt) continue
      await nextTurn()
      yieldAt = performance.now() + YIELD_AFTER_MS
    }
    this.#running = false
  }

  /** The holder if it has more to say; else the connection that has waited longest, if any. */
  #next(): Connection | undefined {
    if (this.#holder) return isReady(this.#holder) ? this.#holder : undefined
    for (const connection of this.#waiting) {
      this.#waiting.delete(connection)
      if (isReady(connection)) return connection
    }
    return undefined
  }

  async #serve(connection: Connection) {
    const message = connection.inbox.shift()
    if (!message || wire.kindOf(message) === 'X') return this.#farewell(connection)
    noteStatement(connection, message)
    const reply = await this.#exec(withoutCopyIn(message))
    const { status, notifications } = wire.readReply(reply)
    if (status === undefined && /[QS]/.test(wire.kindOf(message))) {
      throw this.#break('it did not finish a query')
    }
    this.#holder = status === 'I' ? undefined : connection
    if (status === 'I' && isReady(connection)) this.#waiting.add(connection)
    if (reply.length > 0) connection.client.write(reply)
    if (notifications.length === 0) return
    for (const other of this.#connections) {
      if (other !== connection && other.stage === 'open') other.client.write(notifications)
    }
  }

  /** Leaves the backend as it was found: no transaction, no prepared statement, nobody's turn. */
  async #farewell(connection: Connection) {
    connection.stage = 'gone'
    connection.inbox = []
    this.#waiting.delete(connection)
    this.#connections.delete(connection)
    if (this.#holder === connection) {
      const { status } = wire.readReply(await this.#exec(wire.sync))
      if (status !== 'I') await this.#exec(wire.query('rollback'))
      this.#holder = undefined
    }
    const closing = [...connection.statements].map(wire.closeStatement)
    if (closing.length > 0) await this.#exec(Buffer.concat([...closing, wire.sync]))
    connection.client.hangUp()
  }

  async #exec(message: Buffer): Promise<Buffer> {
    const chunks: Buffer[] = []
    try {
      await this.#db.execProtocolRawStream(message, {
        syncToFs: false,
        // The bytes are a window on the backend's memory: copy before it is written over.
        onRawData: (bytes) => void chunks.push(Buffer.from(bytes)),
      })
    } catch (error) {
      throw this.#break(error)
    }
    return Buffer.concat(chunks)
  }

  /** The backend ended under us, and nothing brings it back; asking it again would never return. */
  #break(error: unknown): Error {
    const reason = String(error instanceof Error ? error.message : error).slice(0, 200)
    this.#refusal = new Error(`The embedded database has stopped: ${reason}`)
    this.#holder = undefined
    this.#waiting.clear()
    for (const connection of this.#connections) {
      connection.stage = 'gone'
      this.#refuse(connection, '57P01', this.#refusal.message)
    }
    this.#connections.clear()
    return this.#refusal
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

const hasLeft = ({ stage }: Connection) => stage === 'leaving' || stage === 'gone'

const isReady = (connection: Connection) =>
  connection.inbox.length > 0 || connection.stage === 'leaving'

function isPassword(message: Buffer, password = ''): boolean {
  const given = message.subarray(5, -1)
  const wanted = Buffer.from(password)
  if (wire.kindOf(message) !== 'p' || given.length !== wanted.length) return false
  return timingSafeEqual(given, wanted)
}

function noteStatement({ statements }: Connection, message: Buffer) {
  const kind = wire.kindOf(message)
  if (kind === 'P') statements.add(wire.stringAt(message, 5))
  if (kind === 'C' && message[5] === 0x53) statements.delete(wire.stringAt(message, 6))
}

const COPY_IN = /\bcopy\b[^;]*\bfrom\s+stdin\b/i
const COPY_IN_REFUSED = `do $$ begin raise feature_not_supported
  using message = 'COPY FROM STDIN does not work with the embedded database.'; end $$`

/** PGlite's backend exits when it waits for copied rows. */
function withoutCopyIn(message: Buffer): Buffer {
  const kind = wire.kindOf(message)
  if ((kind !== 'Q' && kind !== 'P') || !COPY_IN.test(message.toString('latin1'))) return message
  if (kind === 'Q') return wire.query(COPY_IN_REFUSED)
  return wire.frame('P', `${wire.stringAt(message, 5)}\0${COPY_IN_REFUSED}\0\0\0`)
}
