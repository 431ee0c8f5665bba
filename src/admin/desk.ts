import { framed } from '../framed.tsx'
import { dueWork } from '../visit/due-work.ts'
import { securityHeaders } from '../visit/security-headers.ts'
import { admin } from './routes.tsx'

/** The desk's router: see `app.tsx`, which loads it. */
export const desk = framed()
desk.use(securityHeaders)
desk.use(dueWork)
desk.route('/', admin)
