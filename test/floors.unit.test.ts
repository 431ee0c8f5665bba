import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

/** The house from its roof to its ground. What stands on one line does not know each other. */
const FLOORS = [
  ['src/entries'], //              a process begins: Node, Workers, the command line, the installer
  ['demonstration'], //            a shop to look at: its books, and a year of invented sales
  ['tools/recorder'], //           one payment in CinetPay's sandbox, written down
  ['src/app.tsx'], //              the router, one line a room
  ['src/admin'], //                the seller's desk
  ['src/doctor'], //               what is wrong, and what to do about it
  ['src/storefront/catalog'], //   what is for sale
  ['src/storefront/checkout', 'src/storefront/disputes'],
  ['src/storefront/order-lookup'],
  ['src/storefront/delivery', 'src/storefront/help', 'src/storefront/legal'],
  ['src/http'], //                 what every request gets; the page cache
  ['src/scheduler'], //            what time does
  ['src/backup'], //               the shop in one file
  ['src/payment'], //              CinetPay's two APIs, and the only way to become paid
  ['src/mail', 'src/files'], //    messages out; books in and out, range by range
  ['src/views'], //                what more than one page shows
  ['src/limits'], //               the rate limit, and the question past it
  ['src/links'], //                every address, every key, and what a key opens
  ['src/contracts'], //            the Shop: all that a request can reach
  ['src/data'], //                 the only SQL
  ['src/storage', 'src/forms', 'packages/cinetpay-simulator', 'packages/pglite-for-postgres'],
  ['src/words'], //                every sentence that more than one room says
  ['src/config'], //               what the host settles, and what the seller does
  ['src/money'], //                currencies, prices, countries; what a payment provider is
  ['packages/pdf', 'packages/epub', 'packages/sound', 'packages/pdfium'], // look into what is sold
  ['packages/ranged', 'packages/phone-numbers'], // bytes that are read by ranges; reads phones
  ['src/lib'], //                  tools with no word of ours in them
]

const roomOf = (path: string) =>
  FLOORS.flat().find((room) => path === room || path.startsWith(`${room}/`))
const floorOf = (room: string) => FLOORS.findIndex((floor) => floor.includes(room))

const IMPORT = /(?:from|import|declare module)\s*\(?\s*'(\.{1,2}\/[^']+)'/g

const sources = ['src', 'demonstration', 'packages', 'tools/recorder'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file)),
)

it('imports go down, types included', () => {
  const climbing = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, path]) => {
      const target = join(dirname(file), path!)
      if (target === 'package.json') return []
      const [from, to] = [roomOf(file), roomOf(target)]
      if (!from || !to) return [`${from ? target : file} stands on no floor`]
      return from === to || floorOf(from) < floorOf(to) ? [] : [`${file} → ${target}`]
    }),
  )
  expect(sources.length).toBeGreaterThan(400)
  expect(climbing).toEqual([])
})

it('SQL stands in `data` alone', () => {
  const asking = sources.filter((file) => {
    const text = readFileSync(file, 'utf8')
    const isPlain = roomOf(file) !== 'src/data' && !/^(?:demonstration|packages)/.test(file)
    return isPlain && /\bsql(?:<[^`]*>)?`\s*(?:select|insert|update|delete|with)\b/.test(text)
  })
  expect(asking).toEqual([])
})

it('a newcomer who opens `src` sees few names, and files of a screenful or two', () => {
  const names = readdirSync('src', { withFileTypes: true })
  expect(names.length).toBeLessThanOrEqual(24)
  expect(names.filter((name) => name.isFile()).length).toBeLessThanOrEqual(4)
  const isDictionary = (file: string) =>
    /(?:^|\/)(?:words|fr|en|[a-z-]+-(?:words|fr|en))\.ts$/.test(file)
  const long = sources.filter(
    (file) => !isDictionary(file) && readFileSync(file, 'utf8').split('\n').length > 301,
  )
  expect(long).toEqual([])
})
