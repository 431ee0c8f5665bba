import { answerOf, creationOptions, requestOptions } from './webauthn-json.ts'

/** As long as anybody waits at a button; a request silent for this long is dead. */
const TIMEOUT_MS = 30_000

/** The data attributes of a passkey button: see `KeyButton`. */
type Place = Record<'passkey' | 'question' | 'answer' | 'offline', string> &
  Record<'failed' | 'cancelled' | 'already', string> &
  Partial<Record<'next' | 'form' | 'formAction', string>>
type Said = { id: string; options: unknown; to: string; prove?: string; error?: string }

/** Why it failed, in a sentence for the person. */
class Refused extends Error {}

async function send(address: string, body: object, offline: string): Promise<Said> {
  const line = new AbortController()
  const clock = setTimeout(() => line.abort(), TIMEOUT_MS)
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: line.signal,
    })
    const text = await answer.text()
    let said = {} as Said
    try {
      said = JSON.parse(text)
    } catch {}
    // The person must sign in again, or is signed out.
    if (said.prove || answer.redirected) {
      location.assign(said.prove || answer.url)
      return new Promise<never>(() => {})
    }
    if (answer.ok) return said
    throw new Refused(said.error ?? '')
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(offline)
  } finally {
    clearTimeout(clock)
  }
}

/** Fetches the challenge, lets the browser ask the person, sends the answer. */
async function run(place: Place): Promise<void> {
  const { passkey, question, answer, next, form, formAction, offline } = place
  const { id, options } = await send(question, {}, offline)
  const credential =
    passkey === 'add'
      ? await navigator.credentials.create({ publicKey: creationOptions(options as never) })
      : await navigator.credentials.get({ publicKey: requestOptions(options as never) })
  const given = { id, next, answer: answerOf(credential as PublicKeyCredential) }
  const { to } = await send(answer, given, offline)
  if (!form) return location.assign(to)
  const waiting = document.getElementById(form) as HTMLFormElement
  waiting.action = formAction!
  waiting.submit()
}

function sentenceFor(error: Error, { failed, cancelled, already }: Place): string {
  if (error instanceof Refused) return error.message || failed
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return cancelled
  return error.name === 'InvalidStateError' ? already : failed
}

function prepare(place: HTMLElement): void {
  const hint = place.querySelector<HTMLElement>('.hint')
  const fault = place.querySelector<HTMLElement>('.error')!
  const button = place.querySelector('button')!
  const told = place.dataset as Place
  if (hint) hint.hidden = true
  place.querySelector<HTMLElement>('.buttons')!.hidden = false
  async function press() {
    button.disabled = true
    fault.hidden = true
    try {
      await run(told)
    } catch (error) {
      fault.textContent = sentenceFor(error as Error, told)
      fault.hidden = false
      button.disabled = false
    }
  }
  button.addEventListener('click', () => void press())
}

if (window.PublicKeyCredential)
  for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) prepare(place)
