import type { Language } from '../../words/words.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { DoctorWords } from './fr.ts'

export type { DoctorWords } from './fr.ts'

export const doctorWords = (language: Language): DoctorWords => ({ fr, en })[language]
