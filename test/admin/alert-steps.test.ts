import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../support/desk.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const TOKEN = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123'
const BOT = `https://api.telegram.org/bot${TOKEN}`

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
/** What each address answers, and what was sent to it. */
let answers: Record<string, [status: number, body: unknown]>
let sent: string[]

beforeAll(async () => {
  test = await openTestShop()
  moussa = await signIn(test)
  test.intercept(({ url }) => {
    sent.push(url)
    const [status, body] = answers[url] ?? [404, { ok: false }]
    return Response.json(body, { status })
  })
})
afterAll(() => test.close())

const AT = '/admin/reglages/alertes'
async function press(deed: string, fields: Record<string, string> = {}) {
  sent = []
  const answer = await moussa.post(AT, { version: '0', push: '', deed, ...fields })
  return answer.text()
}
const ME = [200, { ok: true, result: { username: 'KindiVentesBot' } }] as [number, unknown]
const addressIn = (page: string) =>
  /<input[^>]*id="push"[^>]*value="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')

describe('alerts on the phone', () => {
  it('begin with a topic that nobody guesses, the same at each visit, and its code', async () => {
    const page = await moussa.page(AT)
    const topic = /value="(kiosque-[\w-]{22})"/.exec(page)![1]!
    expect(page).toContain(`href="ntfy://ntfy.sh/${topic}"`)
    expect(page).toContain('<svg')
    expect(await moussa.page(AT)).toContain(topic)
    answers = { 'https://ntfy.sh/': [200, {}] }
    const tried = await press('ntfy')
    expect(sent).toEqual(['https://ntfy.sh/'])
    expect(tried).toContain('L’essai est parti')
    expect(addressIn(tried)).toBe(`https://ntfy.sh/${topic}`)
  })

  it('say in the step itself that a test did not leave, without a machine’s words', async () => {
    answers = { 'https://ntfy.sh/': [500, {}] }
    const away = await press('ntfy')
    expect(away).toMatch(
      /Envoyer un essai avec ntfy[\s\S]{0,60}<p class="error">[^<]*ne répond pas/,
    )
    answers = { 'https://ntfy.sh/': [403, {}] }
    const refused = await press('ntfy')
    expect(refused).toContain('refuse cette adresse')
    expect(refused).not.toMatch(/HTTP|id="push-error"/)
  })

  it('find the chat of a Telegram bot by what was written to it, and send a test there', async () => {
    const chats = [{ update_id: 1 }, { message: { chat: { id: 77, first_name: 'Moussa' } } }]
    answers = {
      [`${BOT}/getMe`]: ME,
      [`${BOT}/getUpdates`]: [200, { ok: true, result: chats }],
      [`${BOT}/sendMessage`]: [200, { ok: true }],
    }
    const page = await press('telegram', { token: ` ${TOKEN} ` })
    expect(sent).toEqual([`${BOT}/getMe`, `${BOT}/getUpdates`, `${BOT}/sendMessage`])
    expect(addressIn(page)).toBe(`${BOT}/sendMessage?chat_id=77`)
    expect(test.lines.join('\n')).not.toContain('AAF-')
  })

  it('say which bot nobody has written to yet, and keep its key', async () => {
    answers = { [`${BOT}/getMe`]: ME, [`${BOT}/getUpdates`]: [200, { ok: true, result: [] }] }
    const page = await press('telegram', { token: TOKEN })
    expect(page).toContain('@KindiVentesBot n’a encore reçu aucun message')
    expect(page).toContain('href="https://t.me/KindiVentesBot"')
    expect(page).toContain(`value="${TOKEN}"`)
  })

  it.each([
    ['no key', 'pas une clé', {}, 'ne connaît pas cette clé'],
    ['a key of nobody', TOKEN, { [`${BOT}/getMe`]: [401, { ok: false }] }, 'ne connaît pas'],
    ['an answer of another shape', TOKEN, { [`${BOT}/getMe`]: [200, { ok: true }] }, 'comme prévu'],
    [
      'a bot that another program listens to',
      TOKEN,
      { [`${BOT}/getMe`]: ME, [`${BOT}/getUpdates`]: [409, {}] },
      'HTTP 409',
    ],
  ] as [string, string, typeof answers, string][])('explain %s', async (_, token, said, words) => {
    answers = said
    const page = await press('telegram', { token })
    expect(page).toContain(words)
    expect(page).toContain(`value="${token}"`)
  })
})
