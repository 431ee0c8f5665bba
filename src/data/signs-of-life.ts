import type { Sql } from './database.ts'

/** `POST /cron`, the trigger of Workers, `npm run cron`. */
export type CronWay = 'address' | 'trigger' | 'command'
/** Over the network that the desk is open on, or over another one. */
export type PhoneWay = 'same' | 'other'

type Seen = { kind: 'cron'; way: CronWay } | { kind: 'phone'; way: PhoneWay }
export type Sign = Seen & { seenAt: Date; beforeAt: Date | null }

export async function noteSign(sql: Sql, { kind, way }: Seen, now: Date): Promise<void> {
  await sql`
    insert into signs_of_life (kind, way, seen_at)
    values (${kind}, ${way}, ${now})
    on conflict (kind, way) do update
    set seen_at = excluded.seen_at, before_at = signs_of_life.seen_at
    where signs_of_life.seen_at < excluded.seen_at`
}

/** The latest of a kind, whichever way it came. */
export async function findSign<K extends Sign['kind']>(
  sql: Sql,
  kind: K,
): Promise<Extract<Sign, { kind: K }> | undefined> {
  const [sign] = await sql<Extract<Sign, { kind: K }>[]>`
    select kind, way, seen_at, before_at
    from signs_of_life
    where kind = ${kind}
    order by seen_at desc
    limit 1`
  return sign
}
