import { host } from './host-fr.ts'
import { mailServer } from './mail-server-fr.ts'
import { outside } from './outside-fr.ts'
import { relay } from './relay-fr.ts'

/** What the doctor says: one short sentence for each thing seen, and a deed where one is needed. */
export const fr = { ...host, ...mailServer, ...outside, ...relay }

export type DoctorWords = typeof fr
