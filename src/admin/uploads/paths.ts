import { paths } from '../../links/addresses.ts'

/** The addresses of this room, by the names that it uses. */
export const uploadPaths = {
  start: paths.startUpload,
  simple: paths.simpleUpload,
  upload: paths.upload,
  finish: paths.finishUpload,
  giveUp: paths.giveUpUpload,
  book: paths.deskBook,
}
