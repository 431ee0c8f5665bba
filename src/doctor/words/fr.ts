import { host } from './host-fr.ts'
import { mailServer } from './mail-server-fr.ts'
import { outside } from './outside-fr.ts'

/** What the doctor says: one short sentence for each thing seen, and a deed where one is needed. */
export const fr = { ...host, ...mailServer, ...outside }

export type DoctorWords = typeof fr
