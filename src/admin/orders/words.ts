import { deskDictionary } from '../../words/words.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { OrderWords } from './fr.ts'

export type { OrderWords } from './fr.ts'

export const orderWords = deskDictionary<OrderWords>({ fr, en })
