import type { Sql } from '../database.ts'

type Device = { orderId: number; device: string }

/** Whether the order knows the device; the first `most` strange ones become known. */
export async function meetDevice(
  sql: Sql,
  { orderId, device, most }: Device & { most: number },
  now: Date,
): Promise<boolean> {
  const [met] = await sql<{ known: boolean }[]>`
    with known as (
      select 1 from order_devices where order_id = ${orderId} and device_hash = ${device}
    ), added as (
      insert into order_devices (order_id, device_hash, first_seen_at)
      select ${orderId}, ${device}, ${now}
      where not exists (select from known)
        and (select count(*) from order_devices where order_id = ${orderId}) < ${most}
      on conflict do nothing
      returning 1
    )
    select exists (select from known) or exists (select from added) as known`
  return met!.known
}

/** The orders that know the device given with them. */
export async function listKnownTo(sql: Sql, devices: readonly Device[]): Promise<Set<number>> {
  const rows = await sql<{ orderId: number }[]>`
    select order_id
    from order_devices
    where order_id in ${sql(devices.map(({ orderId }) => orderId))}
      and device_hash in ${sql(devices.map(({ device }) => device))}`
  return new Set(rows.map(({ orderId }) => orderId))
}

/** Enough for a family and its new phones; then the oldest is replaced. */
const MAX_DEVICES = 50

export async function addDevice(sql: Sql, { orderId, device }: Device, now: Date): Promise<void> {
  await sql`
    with old as (
      delete from order_devices
      where order_id = ${orderId}
        and device_hash in (
          select device_hash
          from order_devices
          where order_id = ${orderId}
          order by first_seen_at desc
          offset ${MAX_DEVICES - 1}
        )
    )
    insert into order_devices (order_id, device_hash, first_seen_at)
    values (${orderId}, ${device}, ${now})
    on conflict do nothing`
}
