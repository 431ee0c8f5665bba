import { framed } from '../http/router.tsx'
import { dueWork } from '../scheduler/on-visit.ts'
import { securityHeaders } from '../http/security-headers.ts'
import { admin } from './routes.tsx'

/** The desk's router: see `app.tsx`, which loads it. */
export const desk = framed()
desk.use(securityHeaders)
desk.use(dueWork)
desk.route('/', admin)
