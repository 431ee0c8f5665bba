import { serveScript } from '../assets.ts'

/** As long as anybody waits at a button; a line that says nothing for that long is dead. */
const TIMEOUT_MS = 30_000

/**
 * What a passkey needs in the browser: the challenge is fetched, the browser asks the person, the
 * answer goes back; then a page follows, or the form that waited for the key. Browsers of before 2025 lack the JSON forms of WebAuthn, hence the few lines
 * that turn base64url into bytes and back.
 */
export const passkeyScript = serveScript(
  'cle',
  /* js */ `
const bytes = (text) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer
}
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }))

function creationOptions(options) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON)
    return PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: keys(options.excludeCredentials),
  }
}

function requestOptions(options) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON)
    return PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return { ...options, challenge: bytes(options.challenge), allowCredentials: keys(options.allowCredentials) }
}

function answerOf(credential) {
  const { response } = credential
  const given = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) given[name] = text(response[name])
  if (response.getTransports) given.transports = response.getTransports()
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: given,
  }
}

const refused = (sentence) => Object.assign(new Error('refused'), { sentence })

async function send(address, body, { offline }) {
  const line = new AbortController()
  const clock = setTimeout(() => line.abort(), ${TIMEOUT_MS})
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: line.signal,
    })
    const text = await answer.text()
    let said = {}
    try { said = JSON.parse(text) } catch {}
    // The person is asked to enter anew, or is out of the desk.
    if (said.prove || answer.redirected) {
      location.assign(said.prove || answer.url)
      return new Promise(() => {})
    }
    if (answer.ok) return said
    throw refused(said.error)
  } catch (error) {
    throw error.message === 'refused' ? error : refused(offline)
  } finally {
    clearTimeout(clock)
  }
}

async function run(place) {
  const { passkey, question, answer, next, form, formAction } = place.dataset
  const { id, options } = await send(question, {}, place.dataset)
  const credential =
    passkey === 'add'
      ? await navigator.credentials.create({ publicKey: creationOptions(options) })
      : await navigator.credentials.get({ publicKey: requestOptions(options) })
  const { to } = await send(answer, { id, next, answer: answerOf(credential) }, place.dataset)
  if (!form) return location.assign(to)
  const waiting = document.getElementById(form)
  waiting.action = formAction
  waiting.submit()
}

function sentenceFor(error, { failed, cancelled, already }) {
  if (error.sentence) return error.sentence
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return cancelled
  return error.name === 'InvalidStateError' ? already : failed
}

for (const place of document.querySelectorAll('[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  const [hint, buttons, fault] = ['.hint', '.buttons', '.error'].map((name) => place.querySelector(name))
  const button = place.querySelector('button')
  if (hint) hint.hidden = true
  buttons.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    fault.hidden = true
    try {
      await run(place)
    } catch (error) {
      fault.textContent = sentenceFor(error, place.dataset)
      fault.hidden = false
      button.disabled = false
    }
  })
}
`,
)
