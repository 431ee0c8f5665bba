import { Hono } from 'hono'
import type { ShopEnv } from '../../contracts/shop.ts'
import type { DeskEnv } from '../guard.ts'
import { account } from './account.tsx'
import { door } from './door.tsx'
import { keyDoor, ownKeys } from './passkey-routes.ts'
import { stepUpRoutes } from './step-up-routes.tsx'

/** Mounted before `signedIn`. */
export const accessDoor = new Hono<ShopEnv>()
accessDoor.route('/', door)
accessDoor.route('/', keyDoor)

/** Mounted behind it. */
export const access = new Hono<DeskEnv>()
access.route('/', account)
access.route('/', ownKeys)
access.route('/', stepUpRoutes)
