import { Hono } from 'hono'
import type { Context } from 'hono'
import { addHelper, endHelper, inviteHelper, listHelpers } from '../../data/people/people.ts'
import type { Helper } from '../../data/people/people.ts'
import { readForm } from '../../lib/form.ts'
import { lookUp } from '../../lib/look-up.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { INVITATION_MS } from './invitation.ts'
import { invitationKey } from './keys.ts'
import { NOBODY, personTyped, readPerson } from './person-form.ts'
import type { PersonErrors, PersonTyped } from './person-form.ts'
import { TeamPage } from './team-pages.tsx'
import type { TeamMember } from './team-pages.tsx'
import { accessWords } from './words.ts'

/** The owner's helpers. They are invited by a link, and choose their own password. */
export const team = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 8 * 1024
const done = (deed: string) => `${paths.team}?fait=${deed}`

team.use(paths.team, ownerOnly)
team.use(`${paths.team}/*`, ownerOnly)

team.get(paths.team, (c) => renderTeam(c, { typed: NOBODY }))

team.post(paths.team, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const words = accessWords(c.var.language)
  const typed = personTyped(form.fields)
  const { person, errors } = readPerson(typed, words)
  const helperId = person && (await addHelper(c.env.sql, person, c.env.now()))
  if (helperId === undefined) {
    if (person) errors.login = words.errors.loginTaken
    c.status(422)
    return renderTeam(c, { typed, errors })
  }
  c.env.log('helper.added', { personId: helperId, by: c.var.person.id })
  return c.redirect(done('invitation'), 303)
})

team.post(`${paths.team}/:id{[1-9][0-9]{0,14}}/inviter`, async (c) => {
  const helperId = Number(c.req.param('id'))
  if (!(await inviteHelper(c.env.sql, helperId, c.env.now()))) return c.notFound()
  c.env.log('helper.invited', { personId: helperId, by: c.var.person.id })
  return c.redirect(done('lien'), 303)
})

team.post(`${paths.team}/:id{[1-9][0-9]{0,14}}/arreter`, async (c) => {
  const helperId = Number(c.req.param('id'))
  // A second tap finds it ended: that is what was wanted.
  if (await endHelper(c.env.sql, helperId, c.env.now()))
    c.env.log('helper.ended', { personId: helperId, by: c.var.person.id })
  return c.redirect(done('fin'), 303)
})

type Shown = { typed: PersonTyped; errors?: PersonErrors }

async function renderTeam(c: Context<DeskEnv>, shown: Shown) {
  const { language } = c.var
  const words = accessWords(language).team
  const helpers = await listHelpers(c.env.sql)
  const members = await Promise.all(helpers.map((helper) => withInvitation(c.env, helper)))
  const note = c.req.method === 'GET' ? lookUp(words.done, c.req.query('fait') ?? '') : undefined
  return c.render(<TeamPage language={language} helpers={members} note={note} {...shown} />, {
    title: words.title,
  })
}

/** The link can be shown again as long as it is good: it is derived, not stored. */
async function withInvitation(shop: Shop, helper: Helper): Promise<TeamMember> {
  const { id, invitedAt } = helper
  if (!invitedAt) return helper
  const until = new Date(invitedAt.getTime() + INVITATION_MS)
  if (until <= shop.now()) return helper
  const key = await invitationKey(shop.config.appSecret, { id, invitedAt })
  return { ...helper, invitation: { address: absolute(shop.config, paths.invitation(key)), until } }
}
