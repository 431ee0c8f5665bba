-- A suitcase is read and put in place page by page, no longer by one statement each: a host, a pooler or
-- Hyperdrive ends a statement that takes long.

alter table suitcases
  drop constraint suitcases_state_check,
  add constraint suitcases_state_check check (
    state in (
      'reading', 'packing', 'listing', 'storing', 'ready',
      'arriving', 'checking', 'copying', 'staging', 'publishing', 'done', 'refused'
    )
  ),
  -- How far it is read, or looked at once it is in place (src/data/archive).
  add column reached jsonb;

-- Set aside: what the empty shop held from its setting up, to be put back if the suitcase is refused.
alter table suitcase_parts add column set_aside boolean not null default false;

create index suitcases_reading on suitcases (changed_at) where state = 'reading';

-- Sales that are being counted at this moment are counted before; from then on countSome leaves them
-- (src/data/orders/counts.ts), so the counts stay those of the sales that are not to be counted any more.
create function open_suitcase(
  new_id text, new_kind text, new_key text, new_contents jsonb, at timestamptz
) returns void
language plpgsql as $$
begin
  lock table uncounted in share row exclusive mode;
  insert into suitcases (id, kind, state, storage_key, contents, created_at, changed_at)
  values (new_id, new_kind, 'reading', new_key, new_contents, at, at)
  on conflict (id) do update
  set contents = excluded.contents, next = 0, reached = null, changed_at = at
  where suitcases.state = 'reading';
end $$;

-- While a suitcase is put in place, nobody else changes the shop: as if the server were starting.
create function refuse_while_unpacking() returns trigger language plpgsql as $$
begin
  raise exception 'a suitcase is being unpacked' using errcode = 'cannot_connect_now';
end $$;

create function put_rows(name text, body text) returns void
language plpgsql as $$
declare
  columns text;
begin
  select string_agg(quote_ident(column_name), ', ' order by ordinal_position) into columns
  from information_schema.columns
  where table_schema = current_schema()
    and table_name = name
    and is_generated = 'NEVER';
  execute format(
    'insert into %1$I (%2$s) overriding system value
    select %2$s from jsonb_populate_recordset(null::%1$I, $1)',
    name, columns
  ) using ('[' || replace(body, chr(10), ',') || ']')::jsonb;
end $$;

-- One step of a suitcase's rows into an empty shop: it is closed to others; a part is put in place; some
-- orders are looked at; it is opened. The triggers that guard how rows change are still while rows are put
-- back as they were; what they stand for is looked at afterwards. `tables` lists those of the suitcase,
-- parents first; those in `replaced` may hold what was made when this shop was set up, which is set aside.
create or replace function publish_suitcase(which text, tables jsonb, replaced jsonb) returns void
language plpgsql as $$
declare
  looked_at_once constant integer := 10000;
  name text;
  columns text;
  part suitcase_parts;
  is_filled boolean;
  is_first boolean;
  after bigint;
  last bigint;
begin
  -- A second one waits here for the first, and then does the step behind it.
  select reached is null, (reached ->> 'order')::bigint into is_first, after
  from suitcases
  where id = which and state = 'publishing'
  for update;
  if not found then
    return;
  end if;

  if is_first then
    for name in select value from jsonb_array_elements_text(tables) loop
      execute format('lock table %I in share row exclusive mode', name);
      if not replaced ? name then
        execute format('select exists (select from %I)', name) into is_filled;
        if is_filled then
          raise exception 'the shop is not empty: %', name
            using errcode = 'check_violation', constraint = 'suitcase_into_empty';
        end if;
      end if;
      execute format('alter table %I disable trigger user', name);
    end loop;
    delete from sessions;
    delete from challenges;
    for name in select value from jsonb_array_elements_text(tables) with ordinality order by ordinality desc loop
      if replaced ? name then
        execute format(
          'insert into suitcase_parts (suitcase_id, place, table_name, row_count, body, set_aside)
          select
            $1, (select coalesce(max(place), 0) + 1 from suitcase_parts where suitcase_id = $1), %1$L,
            count(*), string_agg(row_to_json(%1$I)::text, chr(10)), true
          from %1$I
          having count(*) > 0',
          name
        ) using which;
        execute format('delete from %I', name);
      end if;
    end loop;
    for name in select value from jsonb_array_elements_text(tables) loop
      execute format('alter table %I enable trigger user', name);
      execute format(
        'create trigger refuse_while_unpacking before insert or update or delete on %I
        for each row execute function refuse_while_unpacking()',
        name
      );
    end loop;
    update suitcases set reached = '{}', next = 0 where id = which;
    return;
  end if;

  select suitcase_parts.* into part
  from jsonb_array_elements_text(tables) with ordinality
  join suitcase_parts on table_name = value
  where suitcase_id = which and not set_aside
  order by ordinality, place
  limit 1;
  if found then
    execute format('alter table %I disable trigger user', part.table_name);
    perform put_rows(part.table_name, part.body);
    execute format('alter table %I enable trigger user', part.table_name);
    delete from suitcase_parts where suitcase_id = which and place = part.place;
    update suitcases set next = next + 1 where id = which;
    return;
  end if;

  select max(id) into last
  from (select id from orders where id > coalesce(after, 0) order by id limit looked_at_once) next;
  if last is not null then
    if exists (
      select from orders
      where id > coalesce(after, 0)
        and id <= last
        and status = 'paid'
        and not exists (
          select from grants
          join payments on payments.id = grants.payment_id
          where grants.order_id = orders.id
            and payments.order_id = orders.id
            and payments.status = 'accepted'
            and payments.amount = orders.amount
            and payments.currency = orders.currency
        )
    ) then
      raise exception 'a paid order without what makes it paid' using errcode = 'check_violation';
    end if;
    update suitcases set reached = jsonb_build_object('order', last) where id = which;
    return;
  end if;

  for name in select value from jsonb_array_elements_text(tables) loop
    execute format('drop trigger refuse_while_unpacking on %I', name);
  end loop;
  -- New rows are numbered after the old ones.
  for name, columns in
    select table_name, column_name
    from information_schema.columns
    where table_schema = current_schema()
      and is_identity = 'YES'
      and tables ? table_name
  loop
    execute format(
      'select setval(pg_get_serial_sequence(%L, %L), coalesce((select max(%I) from %I), 0) + 1, false)',
      name, columns, columns, name
    );
  end loop;
  -- Promotions were read after the orders that use them.
  update promotions
  set uses = counted.uses
  from (
    select
      promotions.id, count(orders.id) filter (where orders.status not in ('failed', 'expired')) as uses
    from promotions
    left join orders on orders.promotion_id = promotions.id
    group by promotions.id
  ) counted
  where promotions.id = counted.id and promotions.uses <> counted.uses;
  update window_version set version = version + 1;
  delete from suitcase_parts where suitcase_id = which;
  update suitcases set state = 'done', next = 0, reached = null, lease_until = null where id = which;
end $$;

-- What was put in place of a suitcase that is refused goes, all at once, and what was set aside comes back.
create function unpublish_suitcase(which text, tables jsonb, why text) returns void
language plpgsql as $$
declare
  name text;
  part suitcase_parts;
begin
  perform from suitcases where id = which and state = 'publishing' and reached is not null for update;
  if not found then
    return;
  end if;
  for name in select value from jsonb_array_elements_text(tables) loop
    execute format('drop trigger refuse_while_unpacking on %I', name);
    execute format('alter table %I disable trigger user', name);
  end loop;
  execute (
    select 'truncate ' || string_agg(quote_ident(value), ', ') || ' cascade'
    from jsonb_array_elements_text(tables)
  );
  for part in
    select suitcase_parts.*
    from jsonb_array_elements_text(tables) with ordinality
    join suitcase_parts on table_name = value
    where suitcase_id = which and set_aside
    order by ordinality, place
  loop
    perform put_rows(part.table_name, part.body);
  end loop;
  for name in select value from jsonb_array_elements_text(tables) loop
    execute format('alter table %I enable trigger user', name);
  end loop;
  update window_version set version = version + 1;
  update suitcases set state = 'refused', fault = why, reached = null, lease_until = null where id = which;
end $$;
