import { CUSTOMER_ORDERS_SHOWN } from '../../data/people/customer.ts'
import type { KnownCustomer } from '../../data/people/customer.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths, whatsappAddress } from '../../links/addresses.ts'
import { ButtonLink } from '../../views/links.tsx'
import { moment } from '../../words/moments.ts'
import type { Language } from '../../words/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { DrawnFields, Refused } from '../deeds/fields.tsx'
import type { FieldSet } from '../deeds/fields.tsx'
import { OrderRows } from '../orders/list-page.tsx'
import { DeskMain, Facts, Note, PostButton, Section } from '../parts.tsx'
import { deskWords } from '../words.ts'
import { spentOf } from './list-page.tsx'
import { customerWords } from './words.ts'

type CustomerPageProps = {
  customer: KnownCustomer
  fields: FieldSet
  shown: Pick<Shown<never>, 'typed' | 'errors' | 'clash'>
  isOwner: boolean
  isSaved: boolean
  language: Language
}

export function CustomerPage(props: CustomerPageProps) {
  const { customer, language } = props
  const words = customerWords(language)
  const { names, emails, phoneE164, orders } = customer
  return (
    <DeskMain title={names[0] ?? ''} back={{ to: paths.customers, label: words.back }}>
      <Note text={props.isSaved && deskWords(language).saved} />
      {customer.isQuiet && <p class="note warn">{words.quietText}</p>}
      <section class="card">
        <Facts
          facts={[
            [words.otherNames, names.length > 1 && names.join(', ')],
            [
              words.phone,
              <a class="target" href={`tel:${phoneE164}`}>
                {spellPhone(phoneE164)}
              </a>,
            ],
            [words.emails, emails.join(', ')],
            [words.spent, spentOf(customer.spent, language) || words.nothingSpent],
          ]}
        />
        {!customer.isQuiet && (
          <ButtonLink
            quiet
            small
            to={whatsappAddress(phoneE164, '')}
            label={words.whatsapp}
            isOutside
          />
        )}
      </section>
      <section>
        <NoteForm {...props} />
      </section>
      <Section id="commandes" title={words.orders}>
        {orders.length === CUSTOMER_ORDERS_SHOWN && (
          <p class="small soft">{words.shown(CUSTOMER_ORDERS_SHOWN)}</p>
        )}
        <OrderRows orders={orders} language={language} />
      </Section>
      <section>
        <PostButton
          quiet
          small
          to={paths.customerDeed(customer.code, 'silence')}
          label={customer.isQuiet ? words.quietOff : words.quietOn}
          fields={{ ecrire: customer.isQuiet ? 'oui' : 'non', retour: 'fiche' }}
        />
        {!customer.isQuiet && <p class="small soft">{words.quietOnHint}</p>}
      </section>
      {props.isOwner && (
        <Section title={words.privacy}>
          <p>{words.privacyText}</p>
          <PostButton
            quiet
            small
            to={paths.personalData}
            label={words.privacyGo}
            fields={{ sought: phoneE164 }}
          />
        </Section>
      )}
    </DeskMain>
  )
}

function NoteForm({ customer, fields, shown, language }: CustomerPageProps) {
  const words = customerWords(language)
  const { by, at } = customer.note
  return (
    <form method="post" action={paths.customerDeed(customer.code, 'note')} novalidate>
      <Refused errors={shown.errors} clash={shown.clash} language={language} />
      <DrawnFields fields={fields} typed={shown.typed} errors={shown.errors} />
      {by && at && <p class="small soft">{words.noteBy(by, moment(at, language))}</p>}
      <button class="small-button quiet">{deskWords(language).save}</button>
    </form>
  )
}
