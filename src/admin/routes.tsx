import { Hono } from 'hono'
import { jsxRenderer } from 'hono/jsx-renderer'
import { orders } from './orders/routes.tsx'
import { customers } from './customers/routes.tsx'
import { reminders } from './reminders/routes.tsx'
import { paths } from '../links/addresses.ts'
import { fromElsewhere } from './access/from-elsewhere.tsx'
import { askToSignIn } from './access/door.tsx'
import { access, accessDoor } from './access/routes.ts'
import { deskAssets } from './assets.ts'
import { allDeeds } from './deeds/all.ts'
import { deedRoutes } from './deeds/frame.tsx'
import { books } from './books/routes.tsx'
import { DeskFrame } from './frame.tsx'
import { figures } from './figures/routes.tsx'
import { ownForms, signedIn } from './guard.ts'
import type { DeskEnv } from './guard.ts'
import { promotions } from './promotions/routes.tsx'
import { uploads } from './uploads/routes.tsx'
import { settings } from './settings/routes.tsx'
import { start } from './start/routes.tsx'
import { stepUp } from './step-up.tsx'
import { version } from './version/routes.tsx'
import { backup } from './backup/routes.tsx'

/**
 * The seller's side. At the door (`access`): pages without a session, and those that open one.
 * Behind it: `signedIn`, the second sign-in for sensitive deeds (`stepUp`), the deeds (`deeds/`),
 * then one line a room.
 */
export const admin = new Hono<DeskEnv>()

admin.use(
  `${paths.desk}/*`,
  jsxRenderer(({ children, ...frame }, c) => (
    <DeskFrame
      {...frame}
      language={c.get('language')}
      person={c.get('person')}
      path={c.req.path}
      query={c.req.query()}
      isDemonstration={(c.env as DeskEnv['Bindings']).provider.isPlayMoney}
    >
      {children}
    </DeskFrame>
  )),
)
admin.use(`${paths.desk}/*`, ownForms)
admin.route('/', deskAssets)
// At the door.
admin.use(`${paths.desk}/*`, fromElsewhere)
admin.route('/', accessDoor)

admin.use(`${paths.desk}/*`, signedIn(askToSignIn))
// Behind it.
admin.route('/', stepUp)
admin.route('/', deedRoutes(allDeeds))
admin.route('/', access)
admin.route('/', promotions)
admin.route('/', books)
admin.route('/', uploads)
admin.route('/', orders)
admin.route('/', reminders)
admin.route('/', customers)
admin.route('/', settings)
admin.route('/', backup)
admin.route('/', start)
admin.route('/', figures)
admin.route('/', version)
