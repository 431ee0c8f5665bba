/** The few messages of PostgreSQL's wire protocol (version 3) that a server in between must read or write. */
export const SSL_REQUEST = 80877103
export const GSS_REQUEST = 80877104
export const CANCEL_REQUEST = 80877102

const READY_FOR_QUERY = 0x5a
const NOTIFICATION = 0x41

/** Cuts a stream of bytes into whole messages. */
export class MessageReader {
  #parts: Buffer[] = []
  #bytes = 0

  push(bytes: Buffer) {
    this.#parts.push(bytes)
    this.#bytes += bytes.length
  }

  /**
   * The next whole message, if it is there. The first messages of a connection have no kind byte.
   * @throws RangeError when its length cannot be
   */
  take(hasKind: boolean, maxBytes: number): Buffer | undefined {
    const lengthAt = hasKind ? 1 : 0
    if (this.#bytes < lengthAt + 4) return undefined
    if (this.#parts[0]!.length < lengthAt + 4) this.#join()
    const length = this.#parts[0]!.readUInt32BE(lengthAt)
    if (length < 4 || length > maxBytes)
      throw new RangeError('The message has an impossible length.')
    const end = lengthAt + length
    if (this.#bytes < end) return undefined
    const all = this.#join()
    this.#parts = all.length > end ? [all.subarray(end)] : []
    this.#bytes -= end
    return all.subarray(0, end)
  }

  #join(): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)]
    return this.#parts[0]!
  }
}

export const kindOf = (message: Buffer) => String.fromCharCode(message[0]!)

/** A zero-terminated string inside a message, byte for byte. */
export const stringAt = (message: Buffer, at: number) =>
  message.toString('latin1', at, message.indexOf(0, at))

export function frame(kind: string, body = ''): Buffer {
  const message = Buffer.from(`${kind}\0\0\0\0${body}`, 'latin1')
  message.writeUInt32BE(message.length - 1, 1)
  return message
}

export function startup(settings: Record<string, string>): Buffer {
  const pairs = Object.entries(settings).flat().join('\0')
  const message = Buffer.from(`\0\0\0\0\0\x03\0\0${pairs}\0\0`, 'latin1')
  message.writeUInt32BE(message.length)
  return message
}

export const query = (statement: string) => frame('Q', `${statement}\0`)
export const sync = frame('S')
export const terminate = frame('X')
export const closeStatement = (name: string) => frame('C', `S${name}\0`)
export const askPassword = frame('R', '\0\0\0\x03')
export const fatalError = (code: string, text: string) =>
  frame('E', `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`)

/** What a backend's answer says of its state (I idle, T in a transaction, E in a failed one). */
export function readReply(reply: Buffer): { status: string | undefined; notifications: Buffer } {
  let status: string | undefined
  const notifications: Buffer[] = []
  for (let at = 0; at < reply.length;) {
    const end = at + 1 + reply.readUInt32BE(at + 1)
    if (reply[at] === READY_FOR_QUERY) status = String.fromCharCode(reply[at + 5]!)
    if (reply[at] === NOTIFICATION) notifications.push(reply.subarray(at, end))
    at = end
  }
  return { status, notifications: Buffer.concat(notifications) }
}
