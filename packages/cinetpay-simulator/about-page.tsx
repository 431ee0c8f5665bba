import { API_FAULT_PARTS, type ApiFaultPart, choicesOf } from './api-faults.ts'
import { CUT_AMOUNT, FAULT_PARTS, FAULTS } from './faults.ts'
import { Frame } from './frame.tsx'
import type { Options } from './options.ts'
import { wordsOf } from './words.ts'
import type { Spoken } from './words.ts'

type AboutProps = { options: Options; problem?: string | undefined; language: Spoken }

/** What this is, and the troubles that can be tried. */
export function AboutPage({ options, problem, language }: AboutProps) {
  const { url, v1, isShared } = options
  const { name, about: words } = wordsOf(language)
  return (
    <Frame url={url} title={words.title} language={language} isWide>
      <h1>{name}</h1>
      <p>{words.text}</p>
      {v1 ? (
        <p>
          {words.newer} <code>{`${url}/v1/oauth/login`}</code> {words.then}{' '}
          <code>{`${url}/v1/payment`}</code>.
        </p>
      ) : null}
      <p>
        {words.older} <code>{`${url}/v2/payment`}</code> {words.then}{' '}
        <code>{`${url}/v2/payment/check`}</code>.
      </p>
      {v1 && !isShared ? <ApiFaultMenu {...{ options, problem, language }} /> : null}
      <h2>{words.faults}</h2>
      <p>{words.cut(CUT_AMOUNT)}</p>
      <p>{words.others}</p>
      {Object.entries(FAULT_PARTS).map(([part, title]) => (
        <>
          <h3>{title[language]}</h3>
          <ul>
            {FAULTS.filter((fault) => fault.part === part).map(({ id, label }) => (
              <li>
                {label[language]} <code>{id}</code>
              </li>
            ))}
          </ul>
        </>
      ))}
    </Frame>
  )
}

function ApiFaultMenu({ options, problem, language }: AboutProps) {
  const { url, apiFaults, pack } = options
  const words = wordsOf(language).about
  const parts = (Object.keys(API_FAULT_PARTS) as ApiFaultPart[]).filter(
    (part) => part !== 'packed' || pack,
  )
  return (
    <>
      <h2 id="api">{words.api}</h2>
      <p>{words.apiText}</p>
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <form method="post" action={`${url}/faults`}>
        {parts.map((part) => (
          <>
            <label class="label" for={part}>
              {API_FAULT_PARTS[part].title[language]} <code>{part}</code>
            </label>
            <select id={part} name={part}>
              <option value="">{words.usual}</option>
              {Object.entries(choicesOf(part)).map(([id, label]) => (
                <option value={id} selected={apiFaults[part] === id}>
                  {label[language]}
                </option>
              ))}
            </select>
          </>
        ))}
        <label class="label" for="listed">
          {words.listed} <code>listed</code>
        </label>
        <input id="listed" name="listed" autocomplete="off" value={apiFaults.listed} />
        <button class="go">{words.save}</button>
      </form>
    </>
  )
}
