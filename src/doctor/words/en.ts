import type { DoctorWords } from './fr.ts'
import { host } from './host-en.ts'
import { mailServer } from './mail-server-en.ts'
import { outside } from './outside-en.ts'
import { relay } from './relay-en.ts'

export const en: DoctorWords = { ...host, ...mailServer, ...outside, ...relay }
