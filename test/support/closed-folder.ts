import { diskStorage } from '../../src/storage/disk.ts'

// Run by test/storage/disk.test.ts as somebody who may read the folder, and not write to it.
if (process.getuid?.() === 0) process.seteuid?.(65_534)

const { put, pieces, probe } = diskStorage(process.argv[2] ?? '')
const nameOf = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    (error: Error) => error.name,
  )
const body = () => new Blob(['livre']).stream()
const outcomes = [await nameOf(put('livre', body(), 5)), await nameOf(pieces.begin('livre'))]
process.stdout.write([...outcomes, await nameOf(probe())].join(', '))
