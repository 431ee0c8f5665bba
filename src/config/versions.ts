import { dependencies, version } from '../../package.json'

/** What this was built from. */
export const shopVersion = version
export const driverVersion = dependencies.postgres
