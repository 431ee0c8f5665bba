import type { Erasure, ErasureReason } from '../../data/people/erasure.ts'
import type { KnownOrder, Sought } from '../../data/people/privacy.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Errors } from '../../forms/parse.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths } from '../../links/addresses.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { SelectField, TextField } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { shortDate } from '../../words/moments.ts'
import { BackLink, DeskMain, Note } from '../parts.tsx'
import { StatusBadge } from '../orders/parts.tsx'
import { Refused } from '../deeds/fields.tsx'
import { privacyWords } from './privacy-words.ts'
import { settingsWords } from './words.ts'

type PrivacyPageProps = {
  sought: string
  errors: Errors
  /** How many orders were just erased. */
  erased?: number | undefined
  /** What was erased was a dispute without a known order. */
  withoutOrder?: boolean
  erasures: Erasure[]
  language: Language
}

export function PrivacyPage({ sought, errors, erased, erasures, ...props }: PrivacyPageProps) {
  const { withoutOrder, language } = props
  const words = privacyWords(language)
  const back = { to: paths.settings, label: settingsWords(language).all }
  const nothing = withoutOrder ? words.erasedWithoutOrder : words.nothingErased
  const done = erased === undefined ? undefined : erased > 0 ? words.erased(erased) : nothing
  return (
    <DeskMain class="form-page" title={words.title} back={back}>
      <Note text={done} />
      <p>{words.lead}</p>
      <SearchForm sought={sought} errors={errors} language={language} />
      {erasures.length > 0 && (
        <section>
          <h2>{words.journal}</h2>
          <ul>
            {erasures.map(({ at, by, orders, cases, why }) => (
              <li>
                {words.journalLine(
                  shortDate(at, language),
                  by,
                  orders > 0 ? words.ordersCount(orders) : words.casesCount(cases),
                  words.reasons[why],
                )}
              </li>
            ))}
          </ul>
          <p class="small soft">{words.journalNote}</p>
        </section>
      )}
    </DeskMain>
  )
}

type SearchFormProps = { sought: string; errors: Errors; language: Language }

function SearchForm({ sought, errors, language }: SearchFormProps) {
  const words = privacyWords(language)
  const at = fieldsOf({ words, typed: { sought }, errors })
  return (
    <form method="post" action={paths.personalData} novalidate>
      <Refused errors={errors} language={language} />
      <TextField {...at('sought')} autocomplete="off" maxlength={254} required />
      <button>{words.search}</button>
    </form>
  )
}

type PersonPageProps = {
  sought: Sought
  typed: string
  orders: KnownOrder[]
  /** Phones and addresses of theirs that other orders share. */
  shared: string[]
  /** The number of their disputes. */
  cases: number
  why: ErasureReason | ''
  confirm: string
  errors: Errors
  language: Language
}

export function PersonPage(props: PersonPageProps) {
  const { sought, typed, orders, cases, errors, language } = props
  const words = privacyWords(language)
  const who = spell(sought)
  return (
    <main id="contenu" class="form-page">
      <BackLink to={paths.personalData} label={words.title} />
      {orders.length + cases === 0 ? (
        <>
          <h1>{words.nobody(who)}</h1>
          <SearchForm sought={typed} errors={{}} language={language} />
        </>
      ) : (
        <>
          <h1>
            {orders.length > 0 ? words.found(orders.length, who) : words.foundDisputes(cases, who)}
          </h1>
          <Refused errors={errors} language={language} />
          <Known {...props} />
          <ExportForm {...props} />
          <EraseForm {...props} />
        </>
      )}
    </main>
  )
}

/** All personal data in the orders, each value once; and what it may have in common with others. */
function Known({ orders, shared, cases, language }: PersonPageProps) {
  const words = privacyWords(language)
  const phones = each(orders.map(({ phoneE164 }) => phoneE164))
  const emails = each(orders.map(({ email }) => email?.toLowerCase() ?? ''))
  const written = each(orders.map(({ phoneE164, hasNote }) => (hasNote ? phoneE164 : '')))
  const notes = orders.reduce((sum, order) => sum + order.notes, written.length)
  return (
    <>
      <dl>
        <dt>{words.known.names}</dt>
        <dd>{each(orders.map(({ buyerName }) => buyerName)).join(', ')}</dd>
        <dt>{words.known.phones}</dt>
        <dd>{phones.map(spellPhone).join(', ')}</dd>
        <dt>{words.known.emails}</dt>
        <dd>{emails.join(', ') || words.none}</dd>
        <dt>{words.known.notes}</dt>
        <dd>{String(notes)}</dd>
        <dt>{words.known.cases}</dt>
        <dd>{String(cases)}</dd>
      </dl>
      {shared.length > 0 && (
        <form method="post" action={paths.personalData} class="note warn">
          <p>{words.alsoLead}</p>
          {shared.map((other) => (
            <button class="quiet small-button" name="sought" value={other}>
              {words.also(other)}
            </button>
          ))}
        </form>
      )}
      <details>
        <summary>{words.orders}</summary>
        <ul class="list">
          {orders.map((order) => (
            <li>
              <a href={paths.deskOrder(order.code)}>
                <span class="code">{spellCode(order.code)}</span>{' '}
                <StatusBadge status={order.status} language={language} />
                <br />
                <span class="soft small">
                  {shortDate(order.createdAt, language)} · {order.bookTitle} ·{' '}
                  {money(order.amount, order.currency, language)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function ExportForm({ sought, language }: PersonPageProps) {
  const words = privacyWords(language)
  return (
    <section>
      <h2>{words.exportTitle}</h2>
      <p>{words.exportText}</p>
      <form method="post" action={paths.copyPerson}>
        <input type="hidden" name="sought" value={plain(sought)} />
        <button class="quiet">{words.export}</button>
      </form>
    </section>
  )
}

function EraseForm({ sought, orders, why, confirm, errors, language }: PersonPageProps) {
  const words = privacyWords(language)
  const at = fieldsOf({ words, typed: { why, confirm }, errors })
  const reasons = Object.entries(words.reasons).map(([value, label]) => ({ value, label }))
  return (
    <section class="apart">
      <h2>{words.eraseTitle}</h2>
      <ul>
        {words.eraseText.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      {orders.some(({ status }) => status === 'pending') && <p class="note warn">{words.open}</p>}
      <form method="post" action={paths.erasePerson} novalidate>
        <input type="hidden" name="sought" value={plain(sought)} />
        <SelectField {...at('why')} options={[{ value: '', label: words.whyChoose }, ...reasons]} />
        <TextField {...at('confirm')} autocomplete="off" maxlength={20} />
        <button class="danger">{words.erase}</button>
      </form>
    </section>
  )
}

const plain = (sought: Sought) => (sought.kind === 'phone' ? sought.phoneE164 : sought.email)
const spell = (sought: Sought) =>
  sought.kind === 'phone' ? spellPhone(sought.phoneE164) : sought.email
const each = (values: string[]) => [...new Set(values.filter(Boolean))]
