import { mainLanguage } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { OrderWords } from './fr.ts'

export type { OrderWords } from './fr.ts'

export const orderWords = (language: Language): OrderWords => ({ fr, en })[mainLanguage(language)]
