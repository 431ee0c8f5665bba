import { describe, expect, it } from 'vitest'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const runtimes: [string, string, (url: string) => Promise<Running>][] = [
  ['Node', 'Node ', (url) => onNode({ DATABASE_URL: url })],
  ['workerd', 'Cloudflare Workers', onWorkerd],
]

/** Each calls itself by its own address: Node over its socket, the Worker out and in again. */
describe.each(runtimes)('on %s', (_, runtime, start) => {
  const shop = shopOn(start)

  it(
    'the doctor sees the shop from outside, and its signed notice comes back',
    async () => {
      const headers = await shop.deskHeaders()
      const answer = await fetch(`${shop.running().url}/admin/diagnostic`, {
        method: 'POST',
        headers,
      })
      expect(answer.status).toBe(200)
      const page = await answer.text()
      for (const says of [
        'mène à cette boutique.',
        'Un téléchargement coupé reprend où il était.',
        'Une notification arrive entière par l’adresse publique.',
        'Elle répond 200, et rien ne la garde en cache.',
        'Un fichier a été écrit, relu et effacé.',
        'Une question sans réponse est abandonnée, et la suivante passe.',
        runtime,
      ])
        expect(page).toContain(says)
      // The tests' server forgets on purpose, and nobody has said who sells.
      const red = page.slice(page.indexOf('id="rouge"'), page.indexOf('id="savoir"'))
      expect([...red.matchAll(/<strong>([^<]+)<\/strong> <span/g)].map(([, name]) => name)).toEqual(
        ['Ce qui est écrit reste écrit', 'Pages légales'],
      )
    },
    START_MS,
  )
})
