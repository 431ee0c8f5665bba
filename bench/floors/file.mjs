// Bare node:http, piping a file.
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { pipeline } from 'node:stream'

const path = process.env.FILE
const { size } = statSync(path)

createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': size })
  pipeline(createReadStream(path), response, () => {})
}).listen(Number(process.env.PORT), '127.0.0.1')
