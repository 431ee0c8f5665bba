import type { Child } from 'hono/jsx'
import { paths } from '../../links/addresses.ts'
import type { FileAbout } from '../../storage/about.ts'
import type { Upload, UploadFault } from '../../data/books/uploads.ts'
import { Refusal } from '../../views/form.tsx'
import { extentOf } from '../../words/download-time.ts'
import { fileSize } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { pieceCount } from '../../files/uploads/pieces.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, PostButton } from '../parts.tsx'
import { UploadForm } from './form.tsx'
import type { UploadFormProps } from './form.tsx'
import { faultSentence, stampSentence, uploadWords } from './words.ts'

type FormPageProps = UploadFormProps & { book: { title: string }; fault?: string }

/** The form on a page of its own: where a refused one is shown again. */
export function UploadFormPage({ fault, ...props }: FormPageProps) {
  const words = uploadWords(props.language)
  return (
    <DeskMain title={words.title}>
      <p class="lead">{props.book.title}</p>
      {fault && <Refusal>{fault}</Refusal>}
      <section class="card">
        <UploadForm {...props} />
      </section>
      <p>
        <a class="tap" href={paths.deskBook(props.book.slug)}>
          {words.toBook}
        </a>
      </p>
    </DeskMain>
  )
}

type UploadPageProps = { upload: Upload; language: Language }

export const arrived = (upload: Upload) => Object.keys(upload.pieces).length

/** The state of an upload, and what to do next. */
export function UploadPage(props: UploadPageProps) {
  const { upload } = props
  switch (upload.state) {
    case 'open':
      return <OpenPage {...props} />
    case 'checking':
      return <Told {...props} text="checking" />
    case 'published':
      return <PublishedPage {...props} />
    case 'refused':
      return (
        <Told {...props} text={upload.fault === 'given-up' ? 'givenUp' : 'refused'}>
          <ToBook {...props} again />
        </Told>
      )
  }
}

function OpenPage(props: UploadPageProps) {
  const { upload, language } = props
  const words = uploadWords(language)
  const share = arrived(upload) / pieceCount(upload)
  const percent = Math.floor(share * 100)
  return (
    <Told {...props} text={share === 1 ? 'arrived' : 'open'}>
      <p>
        <progress max={1} value={share} aria-label={words.title}></progress>
        {words.progress(percent, fileSize(upload.sizeBytes, language))}
      </p>
      {share === 1 && (
        <form class="buttons" method="post" action={paths.finishUpload(upload.id)}>
          <button>{words.check}</button>
        </form>
      )}
      <ToBook {...props} />
      <PostButton link to={paths.giveUpUpload(upload.id)} label={words.giveUp} />
    </Told>
  )
}

/** A file that lacks a chapter, or that readers must repair, is never called complete. */
function stateOf({ fault, unstampable }: Upload) {
  if (fault === 'pdf-unverified') return 'unverified'
  if (fault && LACKING.has(fault)) return 'lacking'
  return unstampable === 'repaired' ? 'mended' : 'published'
}
const LACKING = new Set<UploadFault>(['epub-missing', 'sound-short', 'sound-gap', 'pdf-lacking'])

type States = ReturnType<typeof uploadWords>['states']
/** What was verified for each kind: checksums in an EPUB, pages of a PDF, the length of sound. */
function verified({ pages, seconds }: Upload, { published }: States) {
  if (pages !== null) return published.pages
  return seconds === null ? published.text : published.sound
}

function PublishedPage(props: UploadPageProps) {
  const { upload, language } = props
  const words = uploadWords(language)
  const facts = [
    upload.version !== null && words.versionNumber(upload.version),
    ...extentOf(upload, language),
    fileSize(upload.sizeBytes, language),
  ]
  return (
    <Told {...props} text={stateOf(upload)}>
      <p class="soft">{facts.filter(Boolean).join(' · ')}</p>
      {upload.isBeside && <p class="note warn">{words.states.published.beside}</p>}
      {upload.fault && (
        <p class="note warn">{faultSentence(upload.fault, upload.faultDetail, language)}</p>
      )}
      {!upload.isSample && upload.stamped && (
        <p class={upload.unstampable || upload.seen?.unseen.length ? 'note warn' : undefined}>
          {stampSentence(upload, language)}
        </p>
      )}
      {upload.isSample && <p>{words.states.published.sample}</p>}
      {!upload.isSample && upload.about && <Says {...props} about={upload.about} />}
      <ToBook {...props} />
    </Told>
  )
}

/** What the file says about itself, with a link to use it. */
function Says({ upload, about, language }: UploadPageProps & { about: FileAbout }) {
  const words = uploadWords(language)
  const { title, author, chapters } = about
  const facts = [title, author, chapters && words.chapters(chapters.length)].filter(Boolean)
  if (facts.length === 0) return null
  return (
    <p class="soft">
      {words.says(facts.join(', '))}{' '}
      {chapters && upload.lacksContents && (
        <a href={paths.editBook(upload.bookSlug)}>{words.complete}</a>
      )}
    </p>
  )
}

type ToldProps = UploadPageProps & {
  text: keyof States
  children?: Child
}

function Told({ upload, language, text, children }: ToldProps) {
  const words = uploadWords(language)
  const { title, text: usual } = words.states[text]
  const sentence = text === 'published' ? verified(upload, words.states) : usual
  const status = { published: 'paid', refused: 'failed' }[upload.state as string]
  return (
    <main id="contenu" data-status={status}>
      <div class="state">
        <h1>{title}</h1>
        <p>
          <strong class="file-name">{upload.name}</strong>
          <br />
          {upload.bookTitle}
          {upload.title && ` – ${upload.title}`}
        </p>
        {upload.state === 'refused' && upload.fault && (
          <p>
            <strong>{faultSentence(upload.fault, upload.faultDetail, language)}</strong>
          </p>
        )}
        <p>{sentence}</p>
        {children}
      </div>
    </main>
  )
}

function ToBook({ upload, language, again }: UploadPageProps & { again?: boolean }) {
  const words = uploadWords(language)
  return (
    <div class="buttons">
      {again && <ButtonLink to={paths.startUpload(upload.bookSlug)} label={words.tryAgain} />}
      <ButtonLink quiet={again} to={paths.deskBook(upload.bookSlug)} label={words.toBook} />
    </div>
  )
}
