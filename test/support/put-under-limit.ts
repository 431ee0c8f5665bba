import { diskStorage } from '../../src/storage/disk.ts'
import { bodyOf } from './bytes.ts'

// Run by test/storage/disk.test.ts in a process that may write no more than a little to any file.
const [folder = '', key = '', sizeBytes = ''] = process.argv.slice(2)
const body = bodyOf(Number(sizeBytes))
const outcome = await diskStorage(folder)
  .put(key, body, Number(sizeBytes))
  .then(
    () => 'stored',
    (error: Error) => error.name,
  )
const { done } = await body.getReader().read()
process.stdout.write(`${outcome}, body ${done ? 'let go' : 'left hanging'}`)
