import type { Helper } from '../../data/people/people.ts'
import { paths, whatsappShare } from '../../links/addresses.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { Refused } from '../deeds/fields.tsx'
import type { PersonErrors, PersonTyped } from './person-form.ts'
import { moment } from '../../words/moments.ts'
import { accessWords } from './words.ts'
import { DeskMain, Note } from '../parts.tsx'

/** A helper, with the invitation's address while it is open. */
export type TeamMember = Helper & { invitation?: { address: string; until: Date } | undefined }

type TeamPageProps = {
  language: Language
  helpers: TeamMember[]
  typed: PersonTyped
  errors?: PersonErrors | undefined
  note?: string | undefined
}

export function TeamPage({ language, helpers, typed, errors = {}, note }: TeamPageProps) {
  const words = accessWords(language).team
  const at = fieldsOf({ words, typed, errors })
  return (
    <DeskMain title={words.title} back={{ to: paths.settings, label: words.back }}>
      <Note text={note} />
      <p class="soft">{words.lead}</p>
      {helpers.length === 0 && <p>{words.none}</p>}
      <ul class="entries">
        {helpers.map((helper) => (
          <Member language={language} helper={helper} />
        ))}
      </ul>
      <section>
        <h2>{words.add}</h2>
        <form method="post" action={paths.team} novalidate>
          <Refused errors={errors} language={language} />
          <TextField {...at('name')} autocomplete="off" maxlength={60} required />
          <TextField {...at('login')} autocomplete="off" maxlength={40} required />
          <div class="buttons">
            <button>{words.invite}</button>
          </div>
        </form>
      </section>
    </DeskMain>
  )
}

function Member({ language, helper }: { language: Language; helper: TeamMember }) {
  const words = accessWords(language).team
  const { invitation } = helper
  return (
    <li>
      <p>
        <strong>{helper.name}</strong>
      </p>
      <p class="soft small">
        {words.loginIs(helper.login)}
        <br />
        {helper.lastSeenAt ? words.seen(moment(helper.lastSeenAt, language)) : words.notSeen}
      </p>
      {helper.invitedAt && !invitation && <p class="soft small">{words.invitationOver}</p>}
      {invitation && (
        <div class="slip">
          <p class="small">{words.invitedUntil(moment(invitation.until, language))}</p>
          <div class="buttons">
            <div>
              <label for={`link-${helper.id}`}>{words.link}</label>
              <input id={`link-${helper.id}`} value={invitation.address} readonly />
            </div>
            <a
              class="button"
              href={whatsappShare(words.message(helper.name, invitation.address))}
              rel="noreferrer"
            >
              {words.whatsapp}
            </a>
          </div>
        </div>
      )}
      <details>
        <summary>{words.more(helper.name)}</summary>
        <form method="post" action={paths.teamDeed(helper.id, 'inviter')}>
          <p class="hint">{words.againHelp}</p>
          <div class="buttons">
            <button class="quiet">{words.again}</button>
          </div>
        </form>
        <form method="post" action={paths.teamDeed(helper.id, 'arreter')}>
          <p class="hint">{words.endHelp}</p>
          <div class="buttons">
            <button class="danger">{words.end}</button>
          </div>
        </form>
      </details>
    </li>
  )
}
