import type { Storage } from './storage.ts'

/** What the nightly backup writes, and the marks of erasures. */
const BACKUPS = 'backups/'

/** One storage made of two: backups go to a place of their own, everything else to the other. */
export function withBackups(files: Storage, backups: Storage): Storage {
  const of = (key: string) => (key.startsWith(BACKUPS) ? backups : files)
  return {
    put: (key, ...rest) => of(key).put(key, ...rest),
    read: (key, range) => of(key).read(key, range),
    remove: (key) => of(key).remove(key),
    async probe() {
      await Promise.all([files.probe(), backups.probe()])
    },
    pieces: {
      pieceBytes: (key) => of(key).pieces.pieceBytes(key),
      begin: (key) => of(key).pieces.begin(key),
      put: (key, ...rest) => of(key).pieces.put(key, ...rest),
      finish: (key, ...rest) => of(key).pieces.finish(key, ...rest),
      drop: (key, upload) => of(key).pieces.drop(key, upload),
    },
  }
}
