import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import * as v from 'valibot'
import {
  addPasskey,
  enterByPasskey,
  findPasskey,
  listPasskeys,
  markAnswered,
} from '../../data/people/passkeys.ts'
import { findPerson } from '../../data/people/people.ts'
import type { Person } from '../../data/people/sessions.ts'
import { base64url, utf8 } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import { CHALLENGE_MS, newChallenge, readChallenge } from './challenge.ts'
import type { Asked } from './challenge.ts'
import { isSameKey, userHandle } from './keys.ts'
import type { Ticket } from './session.ts'

/**
 * Passkeys (WebAuthn, level 3). We trust the browser to report the origin, which must be
 * PUBLIC_URL, and the authenticator to have asked for a finger, a face or a code
 * (`userVerification`). A challenge is answered once, within five minutes, for its purpose and in
 * its session (`challenge.ts`). The make of the authenticator is not asked for ("none"
 * attestation): a seller's phone is as good as any. Keys belong to the host name: a shop that moves
 * to another name needs new ones.
 */
const USER_VERIFICATION = 'required'
/** ES256 and RS256: every authenticator supports one of them, and both runtimes verify them. */
const ALGORITHMS = [-7, -257]

/** Loaded with the first passkey: half a megabyte that a buyer's page never needs. */
const webauthn = () => import('@simplewebauthn/server')

const base64 = v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(20_000))
const common = { id: base64, rawId: base64, type: v.literal('public-key') }

/** What a browser answers after creating a key. */
export const NewKeyAnswer = v.object({
  id: v.string(),
  next: v.optional(v.string()),
  answer: v.object({
    ...common,
    response: v.object({
      clientDataJSON: base64,
      attestationObject: base64,
      transports: v.optional(
        v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/))), v.maxLength(10)),
        [],
      ),
    }),
  }),
})

/** What a browser answers after using a key. */
export const KeyAnswer = v.object({
  id: v.string(),
  next: v.optional(v.string()),
  answer: v.object({
    ...common,
    response: v.object({
      clientDataJSON: base64,
      authenticatorData: base64,
      signature: base64,
      userHandle: v.optional(base64),
    }),
  }),
})

type Answer<T extends v.GenericSchema> = v.InferOutput<T>

const hostOf = (shop: Shop) => new URL(shop.config.publicUrl).hostname

type Signed = Pick<Person, 'id' | 'sessionId'>
const inSession = (deed: 'add' | 'prove', { id, sessionId }: Signed): Asked => ({
  deed,
  personId: id,
  sessionId,
})
const atTheDoor: Asked = { deed: 'enter' }

/** What the browser needs to create a key for this person. */
export async function askForNewKey(shop: Shop, signed: Signed, shopName: string) {
  const personId = signed.id
  const [{ generateRegistrationOptions }, person, known] = await Promise.all([
    webauthn(),
    findPerson(shop.sql, personId),
    listPasskeys(shop.sql, personId),
  ])
  const handle = await userHandle(shop.config.appSecret, personId)
  const { id, challenge } = await newChallenge(shop, inSession('add', signed))
  const options = await generateRegistrationOptions({
    rpName: shopName,
    rpID: hostOf(shop),
    userName: person?.login ?? '',
    userDisplayName: person?.name ?? '',
    userID: utf8(handle) as Uint8Array<ArrayBuffer>,
    challenge,
    timeout: CHALLENGE_MS,
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((passkey) => ({ id: passkey.id })),
    authenticatorSelection: { residentKey: 'required', userVerification: USER_VERIFICATION },
  })
  return { id, options }
}

type NewKeyOutcome = 'added' | 'known' | 'refused'

export async function keepNewKey(
  shop: Shop,
  signed: Signed,
  { id, answer }: Answer<typeof NewKeyAnswer>,
  label: string,
): Promise<NewKeyOutcome> {
  const challenge = await readChallenge(shop, id, inSession('add', signed))
  if (!challenge) return 'refused'
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await verifyRegistrationResponse({
    response: { ...answer, clientExtensionResults: {} } as RegistrationResponseJSON,
    expectedChallenge: challenge.text,
    expectedOrigin: shop.config.publicUrl,
    expectedRPID: hostOf(shop),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined)
  if (!verified?.verified) return 'refused'
  if (!(await markAnswered(shop.sql, challenge, shop.now()))) return 'refused'
  const { credential } = verified.registrationInfo
  const transports = answer.response.transports.join(',')
  const whose = { personId: signed.id, sessionId: signed.sessionId }
  const added = await addPasskey(
    shop.sql,
    { ...credential, ...whose, transports, label },
    shop.now(),
  )
  return added ? 'added' : 'known'
}

/**
 * A challenge for anybody at the door, whose browser knows which keys belong to this shop, or for a
 * signed-in person who proves it again with a key of their own.
 */
export async function askForKey(shop: Shop, signed?: Signed) {
  const { generateAuthenticationOptions } = await webauthn()
  const asked = signed ? inSession('prove', signed) : atTheDoor
  const own = signed && (await listPasskeys(shop.sql, signed.id))
  const { id, challenge } = await newChallenge(shop, asked)
  const options = await generateAuthenticationOptions({
    rpID: hostOf(shop),
    challenge,
    timeout: CHALLENGE_MS,
    userVerification: USER_VERIFICATION,
    ...(own && { allowCredentials: own.map((passkey) => ({ id: passkey.id })) }),
  })
  return { id, options }
}

/**
 * Opens the ticket's session for the owner of the key that answered, who must be `signed` where
 * that is given; undefined when it is refused.
 */
export async function enterWithKey(
  shop: Shop,
  { id, answer }: Answer<typeof KeyAnswer>,
  { session }: Ticket,
  signed?: Signed,
): Promise<number | undefined> {
  const asked = signed ? inSession('prove', signed) : atTheDoor
  const challenge = await readChallenge(shop, id, asked)
  const passkey = challenge && (await findPasskey(shop.sql, answer.id))
  if (!challenge || !passkey || (signed && signed.id !== passkey.personId)) return undefined
  const handle = base64url(utf8(await userHandle(shop.config.appSecret, passkey.personId)))
  // A discoverable key says whose it is; one that was requested by id may leave that out.
  const said = answer.response.userHandle ?? (signed ? handle : '')
  if (!isSameKey(said, handle)) return undefined
  const { verifyAuthenticationResponse } = await webauthn()
  const verified = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {} } as AuthenticationResponseJSON,
    expectedChallenge: challenge.text,
    expectedOrigin: shop.config.publicUrl,
    expectedRPID: hostOf(shop),
    credential: { ...passkey, publicKey: new Uint8Array(passkey.publicKey) },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) return undefined
  if (!(await markAnswered(shop.sql, challenge, shop.now()))) return undefined
  const { newCounter } = verified.authenticationInfo
  const proof = { id: passkey.id, counterSeen: passkey.counter, newCounter }
  const entered = await enterByPasskey(shop.sql, proof, session, shop.now())
  return entered ? passkey.personId : undefined
}
