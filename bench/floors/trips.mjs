// Bare node:http, asking the database some trivial questions one after the other before it answers.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import postgres from 'postgres'

const { headers, body } = JSON.parse(readFileSync(process.env.ANSWER, 'utf8'))
const sql = postgres(process.env.DATABASE_URL, { max: 5, fetch_types: false })

async function answer(response) {
  for (let trip = 0; trip < Number(process.env.TRIPS); trip++)
    await sql`select id from books where slug = ${'sept-pluies'}`
  response.writeHead(200, headers)
  response.end(body)
}

createServer((_, response) => void answer(response)).listen(Number(process.env.PORT), '127.0.0.1')
