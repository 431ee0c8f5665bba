import { deskDictionary } from '../../words/words.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { DoctorWords } from './fr.ts'

export type { DoctorWords } from './fr.ts'

export const doctorWords = deskDictionary<DoctorWords>({ fr, en })
