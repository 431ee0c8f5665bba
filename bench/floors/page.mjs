// Bare node:http, answering the bytes and headers that it was given, with the shop's one log line for
// each request.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { headers, body } = JSON.parse(readFileSync(process.env.ANSWER, 'utf8'))

createServer((request, response) => {
  const started = performance.now()
  response.writeHead(200, headers)
  response.end(body)
  process.stdout.write(lineOf(request, started))
}).listen(Number(process.env.PORT), '127.0.0.1')

function lineOf({ method }, started) {
  const line = {
    at: new Date().toISOString(),
    event: 'request.answered',
    requestId: headers['x-request-id'],
    method,
    route: '/livres/:slug',
    status: 200,
    ms: Math.round(performance.now() - started),
  }
  return `${JSON.stringify(line)}\n`
}
