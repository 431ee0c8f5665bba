import { existsSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allDeeds } from '../../src/admin/deeds/all.ts'
import { signIn } from '../support/desk.ts'
import { formIn } from '../support/form-in.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { trials } from './deed-trials.ts'
import type { FormTrial } from './deed-trials.ts'

/** What holds for every deed of the desk, whatever it does. */

type Desk = Awaited<ReturnType<typeof signIn>>
const bare = (path: string) => path.replace(/\{[^/]*\}/g, '')
const deeds = allDeeds.map((deed) => [bare(deed.path), deed] as const)
const tried = deeds.flatMap(([path, deed]) => {
  const trial = trials[path]
  return trial && 'page' in trial ? [[path, deed, trial] as const] : []
})
const addressOf = (path: string) => new RegExp(`^${path.replace(/:\w+/g, '[^/"]+')}$`)
const filled = (path: string) => path.replace(/:\w+/g, '1')

let test: TestShop
let owner: Desk
let helper: Desk
beforeAll(async () => {
  test = await openTestShop(MAIL_SETTINGS)
  await aBook(test)
})
beforeEach(async () => {
  // Past what may be done so often in an hour.
  test.advance(3 * 3_600_000)
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

/** The form as it stands on its page, before anything is typed. */
async function openForm(path: string, trial: FormTrial) {
  const page = await trial.page(test, owner)
  return formIn(await owner.page(page), addressOf(path))
}

async function send(who: Desk, action: string, typed: Record<string, string>, trial: FormTrial) {
  if (!trial.files) return who.post(action, typed)
  const body = new FormData()
  const all = Object.entries({ ...typed, ...(await trial.files()) })
  for (const [name, value] of all)
    if (typeof value === 'string') body.set(name, value)
    else body.set(name, value, 'fichier.pdf')
  return test.request(action, { method: 'POST', body, headers: who.headers })
}

const textOf = (html: string) =>
  html.replaceAll('&#39;', '’').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** What a person types in the form of this address, and whether the page says that it is wanted. */
function textFieldsOf(html: string, action: string) {
  const form = html.slice(html.indexOf(`action="${action}"`)).split('</form>')[0]!
  const tags = form.match(/<(?:input|textarea)\b[^>]*>/g) ?? []
  return tags
    .filter((tag) => !/type="(?:hidden|checkbox|radio|file|color)"/.test(tag))
    .map((tag) => ({ name: / name="([^"]*)"/.exec(tag)![1]!, isRequired: / required/.test(tag) }))
}

describe('the list of deeds', () => {
  it('is the table that is tried here', () => {
    expect(deeds.map(([path]) => path).toSorted()).toEqual(Object.keys(trials).toSorted())
  })

  it('is tried elsewhere where a form needs a world of its own', () => {
    for (const trial of Object.values(trials))
      if ('elsewhere' in trial)
        expect([trial, existsSync(`test/${trial.elsewhere}.test.ts`)]).toEqual([trial, true])
  })
})

describe.each(deeds)('%s', (path, deed) => {
  it('is for who is signed in, may do it, and sends it from a page of the desk', async () => {
    const out = await test.post(filled(path), {}, { 'sec-fetch-site': 'same-origin' })
    expect(out.headers.get('location')).toMatch(/^\/admin\/entrer\?suite=/)
    const forged = { cookie: owner.headers.cookie, 'sec-fetch-site': 'cross-site' }
    expect((await test.post(filled(path), {}, forged)).status).toBe(403)
    if (deed.by === 'owner') expect((await helper.post(filled(path), {})).status).toBe(403)
  })

  if (!deed.stepUp) return

  it('asks who is there, minutes after the person entered', async () => {
    test.advance(6 * 60_000)
    const answer = await owner.post(filled(path), {})
    expect([303, 403]).toContain(answer.status)
    const told = answer.headers.get('location') ?? (await answer.text())
    expect(told).toContain('/admin/acces/confirmer')
  })
})

describe.each(tried)('%s', (path, deed, trial) => {
  it('is done by whom it is for, by the form of its page', async () => {
    const { action, fields } = await openForm(path, trial)
    const answer = await send(helper, action, { ...fields, ...trial.right?.() }, trial)
    const done = [200, 303]
    expect(deed.by === 'owner' ? [403] : trial.isOnesOwn ? [404] : done).toContain(answer.status)
  })

  it('tells the second of two what happened', async () => {
    const { action, fields } = await openForm(path, trial)
    const right = trial.right?.() ?? {}
    const once = () => send(owner, action, { ...fields, ...right }, trial)
    const first = await once()
    const second = await once()
    expect([first.status, second.status]).toEqual([trial.second === 200 ? 200 : 303, trial.second])
    if (trial.second < 400) return
    const html = textOf(await second.text())
    expect(html).toContain('role="alert"')
    for (const value of Object.values(right)) expect(html).toContain(value)
  })

  if (!trial.right || trial.files) return

  it('says which fields may not be left empty', async () => {
    const page = await owner.page(await trial.page(test, owner))
    const { action, fields } = formIn(page, addressOf(path))
    const shown = textFieldsOf(page, action)
    const blank = Object.fromEntries(shown.map(({ name }) => [name, '']))
    const answer = await send(owner, action, { ...fields, ...trial.right!(), ...blank }, trial)
    const html = await answer.text()
    const refused = shown.filter(({ name }) => html.includes(`id="${name}-error"`))
    expect(shown.filter(({ isRequired }) => isRequired)).toEqual(refused)
  })

  if (!trial.wrong) return

  it('keeps what was typed, with a sentence at each field', async () => {
    const { action, fields } = await openForm(path, trial)
    const right = trial.right?.()
    const typed = { ...right, ...trial.wrong }
    const answer = await send(owner, action, { ...fields, ...typed }, trial)
    expect(answer.status).toBe(422)
    const html = textOf(await answer.text())
    for (const name of Object.keys(trial.wrong!)) expect(html).toContain(`id="${name}-error"`)
    for (const value of Object.values(typed)) expect(html).toContain(value)
    // What was seen is still seen: the mended form goes through.
    const again = formIn(html, addressOf(path))
    const mended = await send(owner, again.action, { ...again.fields, ...right }, trial)
    expect(mended.status).not.toBe(422)
  })
})
