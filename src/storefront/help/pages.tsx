import type { Settings } from '../../config/settings.ts'
import { pathsIn, whatsappAddress } from '../../links/addresses.ts'
import type { OperatorHelp } from '../../words/messages.ts'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ButtonLink, TapLink } from '../../views/links.tsx'

type HelpPageProps = {
  operators: OperatorHelp[]
  contact: Pick<Settings['shop'], 'whatsapp' | 'email'>
  language: Language
}

/** What happens on the phone, the questions that buyers ask, and who answers. */
export function HelpPage({ operators, contact, language }: HelpPageProps) {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  const { help, order } = words
  return (
    <main id="contenu">
      <article class="state help">
        <h1>{help.title}</h1>
        <section aria-labelledby="telephone">
          <h2 id="telephone">{help.operatorsTitle}</h2>
          <p>{help.operatorsLead}</p>
          {operators.map(({ name, text }) => (
            <>
              <h3>{help.operator(name)}</h3>
              <p class="lines">{text}</p>
            </>
          ))}
        </section>
        <section aria-labelledby="questions">
          <h2 id="questions">{help.questionsTitle}</h2>
          {help.questions.map(([question, answer]) => (
            <>
              <h3>{question}</h3>
              <p>{answer}</p>
            </>
          ))}
        </section>
        <section aria-labelledby="acheteur">
          <h2 id="acheteur">{help.findTitle}</h2>
          <p class="buttons">
            <ButtonLink to={paths.find} label={words.find} />
            <ButtonLink to={paths.debitedWithoutOrder} label={order.debited} quiet />
          </p>
        </section>
        <section aria-labelledby="contact">
          <h2 id="contact">{help.contactTitle}</h2>
          <p>{contact.whatsapp || contact.email ? help.contact : help.noContact}</p>
          <p class="buttons">
            {contact.whatsapp && (
              <ButtonLink
                to={whatsappAddress(contact.whatsapp, help.whatsappText)}
                label={order.write.whatsapp}
                quiet
              />
            )}
            {contact.email && (
              <ButtonLink to={`mailto:${contact.email}`} label={order.write.email} quiet />
            )}
            <TapLink to={paths.legalNotice} label={words.legal.links[0]![1]} />
          </p>
        </section>
      </article>
    </main>
  )
}
