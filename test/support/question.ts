import { limitWords } from '../../src/limits/words.ts'

/** What a person answers to the question of a page; undefined where none is asked. */
export function answered(html: string): { question: string; answer: string } | undefined {
  const question = /name="question" value="([^"]+)"/.exec(html)?.[1]
  const words = /Écrivez en chiffres\s: ([^<]+)/.exec(html)?.[1]
  if (!question || !words) return undefined
  const names = limitWords('fr').digits
  const answer = words.trim().split(', ').map((word) => names.indexOf(word)) // prettier-ignore
  return { question, answer: answer.join('') }
}
