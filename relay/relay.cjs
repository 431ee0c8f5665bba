'use strict'
/**
 * A relay to CinetPay for a shop whose host has no fixed address. CinetPay answers only the addresses
 * on the merchant's list; the address of the machine where this file runs is on it.
 *
 * It passes the calls named below to the two hosts named below, and nothing else, for whoever knows
 * RELAY_SECRET. What it passes it neither keeps nor writes down. `relay.php` is the same for hosts
 * without Node: a change here is a change there. CommonJS, because Passenger `require`s it.
 */
const { createHash, timingSafeEqual } = require('node:crypto')
const http = require('node:http')
const https = require('node:https')

/** `?to=`, as it is written: no percent sign, no dots of its own, no other query. */
const CALLS =
  /^(?:POST to=(api\.cinetpay\.(?:co|net))(\/v1\/oauth\/login|\/v1\/payment)|GET to=(api\.cinetpay\.(?:co|net))(\/v1\/payment\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}|\/cdn-cgi\/trace))$/

const TIMEOUT_MS = 10_000
const MAX_BODY_BYTES = 64 * 1024
const MAX_ANSWER_BYTES = 256 * 1024
const SECRET = /^[\x21-\x7e]{32,200}$/
const PLACEHOLDER =
  /^(change|replace|your|votre|example|exemple|placeholder|secret|password|motdepasse|todo|xxx|<|\.\.\.)|^(.)\2+$|^(0123456789|1234567890|abcdefghij)/i
const HEADER = /^[\x20-\x7e]{1,4096}$/

/** What it says of itself: the word is for the shop, in the header `x-relay`. */
const SAYS = {
  'not-configured': [
    500,
    'Le relais n’est pas réglé : donnez-lui un secret d’au moins 32 signes, au hasard, sans espace ni accent. / The relay is not set up: give it a secret of at least 32 characters, at random, without blanks or accents.',
  ],
  'wrong-secret': [
    401,
    'Le relais est en marche. Il ne passe que les appels de la boutique qui connaît son secret. / The relay is up. It passes only the calls of the shop that knows its secret.',
  ],
  'not-allowed': [404, 'Le relais ne passe pas cet appel. / The relay does not pass this call.'],
  'too-large': [413, 'L’appel est trop long. / The call is too long.'],
  'cinetpay-unreachable': [
    502,
    'CinetPay est injoignable depuis le relais. / CinetPay is out of reach.',
  ],
  'answer-too-large': [502, 'La réponse de CinetPay est trop longue. / The answer is too long.'],
  'cinetpay-timeout': [504, 'CinetPay n’a pas répondu à temps. / CinetPay did not answer in time.'],
}

const secret = process.env.RELAY_SECRET ?? ''
/** For tests: somebody on this machine, in the place of both hosts. */
const upstream = process.env.RELAY_UPSTREAM ?? ''
const isSetUp =
  SECRET.test(secret) &&
  !PLACEHOLDER.test(secret) &&
  /^(?:http:\/\/127\.0\.0\.1:\d{1,5})?$/.test(upstream)

const hash = (text) => createHash('sha256').update(text).digest()
/** Of hashes: neither how much is right nor how long it is shows in the time. */
const isOurs = (given) => timingSafeEqual(hash(given), hash(secret))

const server = http.createServer(
  { headersTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS },
  (request, response) => {
    const began = Date.now()
    let shape = '-'
    const end = (status, word, headers, body) => {
      if (response.headersSent) return
      const own = { 'x-relay': word, 'cache-control': 'no-store', 'content-length': body.length }
      response.writeHead(status, { ...headers, ...own }).end(body)
      const method = /^[A-Z]{1,10}$/.test(request.method) ? request.method : '?'
      console.log(`relay ${method} ${shape} ${status} ${word} ${Date.now() - began} ms`)
    }
    const refuse = (word) => {
      const [status, text] = SAYS[word]
      end(status, word, { 'content-type': 'text/plain; charset=utf-8' }, Buffer.from(`${text}\n`))
    }

    if (!isSetUp) return refuse('not-configured')
    if (!isOurs(String(request.headers['x-relay-secret'] ?? ''))) return refuse('wrong-secret')
    const query = request.url.split('?').slice(1).join('?')
    const call = CALLS.exec(`${request.method} ${query}`)
    if (!call) return refuse('not-allowed')
    const [host, path] = [call[1] ?? call[3], call[2] ?? call[4]]
    shape = `${host}${path.replace(/payment\/.+/, 'payment/:id')}`

    const pieces = []
    let length = 0
    request.on('data', (piece) => {
      length += piece.length
      if (length <= MAX_BODY_BYTES) return pieces.push(piece)
      return refuse('too-large')
    })
    request.on('error', () => response.destroy())
    request.on('end', () => {
      if (length > MAX_BODY_BYTES) return
      const body = request.method === 'POST' ? Buffer.concat(pieces) : undefined
      pass((upstream || `https://${host}`) + path, request, body, end, refuse)
    })
  },
)

/** On a connection of its own: one that was kept and breaks says nothing of whether it was read. */
function pass(url, { method, headers: given }, body, end, refuse) {
  const headers = { 'accept-encoding': 'identity' }
  // CGI takes `Authorization` away before PHP sees it: it comes under another name, to both.
  const names = { authorization: 'x-relay-authorization' }
  for (const name of ['content-type', 'accept', 'user-agent', 'authorization']) {
    const value = given[names[name] ?? name]
    if (value !== undefined && HEADER.test(value)) headers[name] = value
  }
  if (body) headers['content-length'] = body.length
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const failed = () => refuse(signal.aborted ? 'cinetpay-timeout' : 'cinetpay-unreachable')
  const { request } = url.startsWith('https:') ? https : http
  // IPv4, which is what CinetPay's list holds. Neither of these follows a redirect.
  const sending = request(url, { method, headers, agent: false, family: 4, signal }, (answer) => {
    // No answer that could be passed on: Node writes none below 100, and 1xx is none.
    if (answer.statusCode < 200) {
      answer.destroy()
      return failed()
    }
    const pieces = []
    let length = 0
    answer.on('error', failed)
    answer.on('data', (piece) => {
      pieces.push(piece)
      length += piece.length
      if (length <= MAX_ANSWER_BYTES) return
      refuse('answer-too-large')
      answer.destroy()
    })
    answer.on('end', () => {
      const passed = ['content-type', 'content-encoding', 'retry-after']
        .filter((name) => answer.headers[name] !== undefined)
        .map((name) => [name, answer.headers[name]])
      end(answer.statusCode, 'passed', Object.fromEntries(passed), Buffer.concat(pieces))
    })
  })
  sending.on('error', failed)
  sending.end(body)
}

if (!isSetUp) console.error(SAYS['not-configured'][1])
// https comes from a proxy on the same machine; Passenger puts its own socket in the place of the port.
server.listen(Number(process.env.PORT || 8300), process.env.HOST || '127.0.0.1')
