/** Browsers before 2025 lack WebAuthn's JSON forms: this converts base64url to bytes, and back. */
const bytes = (text: string) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer
}
const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const keys = (list: PublicKeyCredentialDescriptorJSON[] = []) =>
  list.map((key) => ({ ...key, id: bytes(key.id) }) as PublicKeyCredentialDescriptor)

type CreationOptions = PublicKeyCredentialCreationOptions
export function creationOptions(options: PublicKeyCredentialCreationOptionsJSON): CreationOptions {
  if (PublicKeyCredential.parseCreationOptionsFromJSON)
    return PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: keys(options.excludeCredentials),
  } as CreationOptions
}

type RequestOptions = PublicKeyCredentialRequestOptions
export function requestOptions(options: PublicKeyCredentialRequestOptionsJSON): RequestOptions {
  if (PublicKeyCredential.parseRequestOptionsFromJSON)
    return PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: keys(options.allowCredentials),
  } as RequestOptions
}

const ANSWERED = [
  'clientDataJSON',
  'attestationObject',
  'authenticatorData',
  'signature',
  'userHandle',
] as const
type Answered = Partial<Record<(typeof ANSWERED)[number], ArrayBuffer>>

/** What `toJSON` gives in newer browsers. */
export function answerOf({ id, rawId, type, response }: PublicKeyCredential) {
  const given: Record<string, unknown> = {}
  for (const name of ANSWERED) {
    const part = (response as Answered)[name]
    if (part) given[name] = text(part)
  }
  const { getTransports } = response as Partial<AuthenticatorAttestationResponse>
  if (getTransports) given.transports = getTransports.call(response)
  return { id, rawId: text(rawId), type, clientExtensionResults: {}, response: given }
}
