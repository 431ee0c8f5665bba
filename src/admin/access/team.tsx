import { addHelper, endHelper, inviteHelper, listHelpers } from '../../data/people/people.ts'
import type { Helper } from '../../data/people/people.ts'
import { lookUp } from '../../lib/look-up.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import { INVITATION_MS } from './invitation.ts'
import { invitationKey } from './keys.ts'
import { NOBODY, personTyped, readPerson } from './person-form.ts'
import { TeamPage } from './team-pages.tsx'
import type { TeamMember } from './team-pages.tsx'
import { accessWords } from './words.ts'

/** The owner's helpers. Each is invited by a link and chooses a password. */
const done = (deed: string) => `${paths.team}?fait=${deed}`
const stepUp = { page: () => paths.team, isSentAgain: true }

const add = defineDeed({
  path: paths.team,
  by: 'owner',
  // The page shows links that open the desk to whoever has them.
  stepUp: { ...stepUp, alsoPage: true },
  page: async ({ shop, language, query }, _, { sent, errors }) => {
    const words = accessWords(language).team
    const helpers = await listHelpers(shop.sql)
    const props = {
      language,
      helpers: await Promise.all(helpers.map((helper) => withInvitation(shop, helper))),
      note: sent ? undefined : lookUp(words.done, query('fait') ?? ''),
      typed: sent ? personTyped(sent) : NOBODY,
      errors,
    }
    return { title: words.title, body: <TeamPage {...props} /> }
  },
  act: async ({ shop, person: by, now, language, sent }) => {
    const words = accessWords(language)
    const { person, errors } = readPerson(personTyped(sent), words)
    if (!person) return { errors }
    const personId = await addHelper(shop.sql, person, now)
    if (personId === undefined) return { errors: { login: words.errors.loginTaken } }
    shop.log('helper.added', { personId, by: by.id })
    return done('invitation')
  },
})

const invite = defineDeed({
  path: `${paths.helper.pattern}/inviter`,
  by: 'owner',
  stepUp,
  act: async ({ shop, person, now, place }) => {
    const personId = Number(place('id'))
    if (!(await inviteHelper(shop.sql, personId, now))) return fault(404)
    shop.log('helper.invited', { personId, by: person.id })
    return done('lien')
  },
})

const end = defineDeed({
  path: `${paths.helper.pattern}/arreter`,
  by: 'owner',
  stepUp,
  act: async ({ shop, person, now, place }) => {
    const personId = Number(place('id'))
    // A second tap finds the access ended already, which is what was wanted.
    if (await endHelper(shop.sql, personId, now))
      shop.log('helper.ended', { personId, by: person.id })
    return done('fin')
  },
})

export const teamDeeds = [add, invite, end]

/** The link can be shown for as long as it works: it is derived, not stored. */
async function withInvitation(shop: Shop, helper: Helper): Promise<TeamMember> {
  const { id, invitedAt } = helper
  if (!invitedAt) return helper
  const until = new Date(invitedAt.getTime() + INVITATION_MS)
  if (until <= shop.now()) return helper
  const key = await invitationKey(shop.config.appSecret, { id, invitedAt })
  return { ...helper, invitation: { address: absolute(shop.config, paths.invitation(key)), until } }
}
