import { isoBase64URL, isoCBOR, isoUint8Array } from '@simplewebauthn/server/helpers'

/**
 * A phone that keeps passkeys, in software: P-256, "none" attestation, a counter, and switches for
 * what a broken or dishonest one would send.
 */
type Given = {
  origin: string
  /** Whether the person showed a finger, a face or a code. */
  verified?: boolean
  challenge?: string
  rpId?: string
  type?: string
  counter?: number
}

type CreationOptions = { challenge: string; rp: { id: string }; user: { id: string } }
type RequestOptions = { challenge: string; rpId: string }

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 }
const bytesOf = (buffer: ArrayBuffer) => new Uint8Array(buffer)
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  bytesOf(await crypto.subtle.digest('SHA-256', bytes))

export async function newAuthenticator() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const id = crypto.getRandomValues(new Uint8Array(16))
  let counter = 0
  let userHandle = 'AAAA'

  const clientData = (type: string, challenge: string, origin: string) =>
    isoUint8Array.fromUTF8String(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  async function authenticatorData(rpId: string, flags: number, given: Given, rest: Uint8Array[]) {
    counter = given.counter ?? counter + 1
    const count = new Uint8Array(4)
    new DataView(count.buffer).setUint32(0, counter)
    const verified = given.verified === false ? 0 : FLAGS.verified
    const head = new Uint8Array([FLAGS.present | verified | flags])
    const rpIdHash = await sha256(isoUint8Array.fromUTF8String(given.rpId ?? rpId))
    return isoUint8Array.concat([rpIdHash, head, count, ...(rest as Uint8Array<ArrayBuffer>[])])
  }

  return {
    id: isoBase64URL.fromBuffer(id),

    async create(options: CreationOptions, given: Given) {
      userHandle = options.user.id
      const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey)
      const publicKey = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, isoBase64URL.toBuffer(jwk.x!)],
        [-3, isoBase64URL.toBuffer(jwk.y!)],
      ])
      const length = new Uint8Array([0, id.length])
      const attested = [new Uint8Array(16), length, id, isoCBOR.encode(publicKey)]
      const authData = await authenticatorData(options.rp.id, FLAGS.attested, given, attested)
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      const client = clientData(
        given.type ?? 'webauthn.create',
        given.challenge ?? options.challenge,
        given.origin,
      )
      return answer({
        clientDataJSON: isoBase64URL.fromBuffer(client),
        attestationObject: isoBase64URL.fromBuffer(isoCBOR.encode(attestation as never)),
        transports: ['internal', 'hybrid'],
      })
    },

    async get(options: RequestOptions, given: Given) {
      const authData = await authenticatorData(options.rpId, 0, given, [])
      const client = clientData(
        given.type ?? 'webauthn.get',
        given.challenge ?? options.challenge,
        given.origin,
      )
      const signed = isoUint8Array.concat([authData, await sha256(client)])
      const raw = bytesOf(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, signed),
      )
      return answer({
        clientDataJSON: isoBase64URL.fromBuffer(client),
        authenticatorData: isoBase64URL.fromBuffer(authData),
        signature: isoBase64URL.fromBuffer(derOf(raw)),
        userHandle,
      })
    },
  }

  function answer<T>(response: T) {
    const name = isoBase64URL.fromBuffer(id)
    return { id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response }
  }
}

/** WebCrypto signs as r and s side by side, WebAuthn as DER. */
function derOf(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (part: Uint8Array) => {
    let start = 0
    while (start < part.length - 1 && part[start] === 0) start++
    const body = Array.from(part.slice(start))
    if (body[0]! >= 0x80) body.unshift(0)
    return [0x02, body.length, ...body]
  }
  const both = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))]
  return new Uint8Array([0x30, both.length, ...both])
}
