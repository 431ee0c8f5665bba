-- The events of an order are a chain: each line carries a hash over itself and over the one before
-- it, so that a line changed, removed or put between others later is found (npm run doctor --
-- --ledger reads the chain without the help of these functions).

alter table events
  add column place integer check (place > 0),
  add column hash text check (hash ~ '^[0-9a-f]{64}$');

-- Parts are joined by line feeds, which none of them holds: jsonb writes its own as \n.
create function event_hash(before text, event events) returns text language sql stable as $$
  select encode(
    sha256(
      convert_to(
        concat_ws(
          chr(10), before, event.order_id, event.place,
          to_char(event.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), event.kind,
          event.detail::text, coalesce(event.person_id::text, '')
        ),
        'UTF8'
      )
    ),
    'hex'
  )
$$;

-- Two lines of one order wait for each other at the order's row, which statements lock after its
-- payments: the same order everywhere, so nobody waits in a circle.
create function chain_event() returns trigger language plpgsql as $$
declare
  last events;
begin
  perform from orders where id = new.order_id for no key update;
  select * into last from events where order_id = new.order_id order by place desc limit 1;
  new.place := coalesce(last.place, 0) + 1;
  new.hash := event_hash(coalesce(last.hash, ''), new);
  return new;
end $$;

create trigger chain_event before insert on events
  for each row execute function chain_event();

-- What was written before this migration, in the order in which it was written.
alter table events disable trigger events_only_grow;
do $$
declare
  event events;
  last events;
begin
  for event in select * from events order by order_id, id loop
    event.place := case when event.order_id = last.order_id then last.place + 1 else 1 end;
    event.hash := event_hash(case when event.place > 1 then last.hash else '' end, event);
    update events set place = event.place, hash = event.hash where id = event.id;
    last := event;
  end loop;
end $$;
alter table events enable trigger events_only_grow;

alter table events
  alter column place set not null,
  alter column hash set not null,
  add constraint events_place_key unique (order_id, place);

drop index events_order;
