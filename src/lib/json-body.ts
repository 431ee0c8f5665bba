export { readJson as readJsonBody } from '../forms/read.ts'
