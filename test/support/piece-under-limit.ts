import { diskStorage } from '../../src/storage/disk.ts'

// Run by upload.test.ts in a process that may write no more than a little to any file.
const { pieces, read } = diskStorage(process.argv[2] ?? '')
const upload = await pieces.begin('livre')
const put = (number: number) =>
  pieces.put('livre', upload, { number, offset: number * 600_000 }, new Uint8Array(600_000)).then(
    () => 'kept',
    (error: Error) => error.name,
  )
const outcomes = [await put(0), await put(1)]
const seen = (await read('livre')) ? 'something' : 'nothing'
process.stdout.write(`${outcomes.join(', ')}, ${seen} to see`)
