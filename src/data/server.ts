import type { Sql } from './database.ts'

/** What the server calls its version, such as `15.18`. */
export async function serverVersion(sql: Sql): Promise<string> {
  const [server] = await sql<{ version: string }[]>`
    select current_setting('server_version') as version`
  return server!.version
}
