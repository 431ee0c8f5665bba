export { readForm, readText } from '../forms/read.ts'
export type { FormReading } from '../forms/read.ts'
export { isPlainText } from './plain-text.ts'
