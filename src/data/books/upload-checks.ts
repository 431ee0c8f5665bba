import type { FileAbout } from '../../storage/about.ts'
import type { FileRemark } from '../../storage/inspect-file.ts'
import type { MediaType } from '../../storage/media-type.ts'
import type { Sql } from '../database.ts'
import { insertStamp } from './file-stamps.ts'
import type { FileStamp } from './file-stamps.ts'
import type { Upload, UploadFault } from './uploads.ts'
import { violatedConstraint } from '../violations.ts'

/** From the last piece of an upload to a file of the shop, or to a refusal. */

/**
 * Claims an upload for its check. If another process is checking it, only after `abandonedBefore`:
 * that process was then killed.
 */
export async function claimForChecking(
  sql: Sql,
  { id }: Upload,
  abandonedBefore: Date,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update uploads
    set state = 'checking', changed_at = ${now}
    where id = ${id}
      and (state = 'open' or (state = 'checking' and changed_at < ${abandonedBefore}))
    returning id`
  return rows.length === 1
}

/** The check broke off for a reason that is not the file's fault: it may be repeated at once. */
export async function reopenUpload(sql: Sql, { id }: Upload, now: Date): Promise<void> {
  await sql`
    update uploads
    set state = 'open', changed_at = ${now}
    where id = ${id}
      and state = 'checking'`
}

type CheckedFile = {
  name: string
  mediaType: MediaType
  sha256: string
  pages: number | null
  seconds: number | null
  about: FileAbout | null
  remark: FileRemark | null
  detail?: string
  /** Null: no PDF. */
  stamp: FileStamp | null
}

const PUBLISH_TRIES = 10

/** The default name of a file added beside another format. */
const FORMATS: Record<MediaType, string> = {
  'application/pdf': 'PDF',
  'application/epub+zip': 'EPUB',
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
}

/**
 * Publishes a checked file as the newest version of its slot, in one statement; beside it, in a slot of
 * its own, where buyers have another format there: an MP3 is no new version of a PDF. Two uploads to one
 * slot may want the same number: the second then takes the next. False: it was published before.
 */
export async function publishUpload(
  sql: Sql,
  { id }: Upload,
  file: CheckedFile,
  now: Date,
): Promise<boolean> {
  const format = FORMATS[file.mediaType]
  for (let tries = 1; ; tries++) {
    try {
      const rows = await sql`
        with upload as (
          select book_id, slot, title, is_sample, storage_key, size_bytes
          from uploads
          where id = ${id}
            and state = 'checking'
          for update
        ), sold as (
          select files.media_type, files.title
          from files
          join upload using (book_id, slot)
          where files.withdrawn_at is null
            and not files.is_sample
          order by version desc
          limit 1
        ), placed as (
          select
            upload.*, beside.slot as into_slot,
            case
              when beside.slot = upload.slot then upload.title
              when upload.title in ('', sold.title)
                then concat_ws(', ', nullif(sold.title, ''), ${format}::text)
              else upload.title
            end as shown
          from upload
          left join sold on not upload.is_sample and sold.media_type <> ${file.mediaType}
          cross join lateral (
            select upload.slot || case when sold.media_type is null then ''
              else ${`-${format.toLowerCase()}`}::text end as slot
          ) beside
        ), file as (
          insert into files (
            book_id, slot, version, title, is_sample, name, storage_key, media_type,
            size_bytes, sha256, pages, seconds, about, created_at
          )
          select
            book_id, into_slot,
            coalesce(
              (
                select max(version)
                from files
                where files.book_id = placed.book_id
                  and files.slot = placed.into_slot
              ),
              0
            ) + 1,
            shown, is_sample, ${file.name}, storage_key, ${file.mediaType},
            size_bytes, ${file.sha256}, ${file.pages}, ${file.seconds},
            ${file.about ? sql.json(file.about) : null}::jsonb, ${now}
          from placed
          returning id
        ), stamp as (
          ${insertStamp(sql, file.stamp)}
        )
        update uploads
        set state = 'published', fault = ${file.remark}, fault_detail = ${file.detail ?? null},
          changed_at = ${now}
        from file
        where uploads.id = ${id}
          and uploads.state = 'checking'
        returning uploads.id`
      return rows.length === 1
    } catch (error) {
      const isTaken = violatedConstraint(error) === 'files_version_key'
      if (!isTaken || tries === PUBLISH_TRIES) throw error
    }
  }
}

/** False: it was published or refused before. */
export async function refuseUpload(
  sql: Sql,
  { id }: Pick<Upload, 'id'>,
  fault: { fault: UploadFault; detail?: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update uploads
    set state = 'refused', fault = ${fault.fault}, fault_detail = ${fault.detail ?? null},
      changed_at = ${now}
    where id = ${id}
      and state in ('open', 'checking')
    returning id`
  return rows.length === 1
}
