-- Suitcases: the shop's rows (and, when one is fetched, its files) in one archive, for a backup or
-- for a move to another host; and those that arrive from elsewhere, to be unpacked in an empty shop.

create table suitcases (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  kind text not null check (kind in ('backup', 'export', 'import')),
  -- Being made: packing, listing, storing, ready. On its way in: arriving, checking, copying,
  -- staging, publishing, done. Refused, with its fault: not what it should be.
  state text not null check (
    state in (
      'packing', 'listing', 'storing', 'ready',
      'arriving', 'checking', 'copying', 'staging', 'publishing', 'done', 'refused'
    )
  ),
  -- The first thing that is still to be done in this state.
  next integer not null default 0 check (next >= 0),
  -- Where the archive lies, and its way there in pieces.
  storage_key text not null unique,
  storage_upload text,
  piece_bytes integer check (piece_bytes > 0),
  pieces jsonb not null default '{}',
  size_bytes bigint check (size_bytes > 0),
  -- Of one that is made: what it holds (see src/suitcase/contents.ts). Of one that arrives: its manifest.
  contents jsonb,
  -- Of one that arrives: the owner knows that some books are lost, and wants the rest.
  without_files boolean not null default false,
  fault text check (length(fault) <= 100),
  -- Whoever works at it holds it until then.
  lease_until timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

create index suitcases_newest on suitcases (kind, created_at desc);

-- Rows on their way: some of one table's, a JSON object a line. As text when they were read from the
-- shop or wait to be put into it; packed, when they wait to be stored.
create table suitcase_parts (
  suitcase_id text not null references suitcases on delete cascade,
  place integer not null check (place > 0),
  table_name text not null,
  row_count integer not null check (row_count > 0),
  body text,
  packed bytea,
  primary key (suitcase_id, place),
  check (num_nonnulls(body, packed) = 1)
);

-- Puts the rows of a suitcase into an empty shop: all of them or, whatever goes wrong, none. The
-- triggers that guard how rows change are still while rows are put back as they were; what they
-- stand for is looked at afterwards. `tables` lists those of the suitcase, parents first; those in
-- `replaced` may hold what was made when this shop was set up, which goes.
create function publish_suitcase(which text, tables jsonb, replaced jsonb) returns void
language plpgsql as $$
declare
  name text;
  part suitcase_parts;
  columns text;
  is_filled boolean;
begin
  -- A second one waits here for the first, and then finds nothing to do.
  perform from suitcases where id = which and state = 'publishing' for update;
  if not found then
    return;
  end if;
  for name in select value from jsonb_array_elements_text(tables) loop
    execute format('alter table %I disable trigger user', name);
    if not replaced ? name then
      execute format('select exists (select from %I)', name) into is_filled;
      if is_filled then
        raise exception 'the shop is not empty: %', name
          using errcode = 'check_violation', constraint = 'suitcase_into_empty';
      end if;
    end if;
  end loop;
  delete from sessions;
  delete from challenges;
  for name in select value from jsonb_array_elements_text(tables) with ordinality order by ordinality desc loop
    if replaced ? name then
      execute format('delete from %I', name);
    end if;
  end loop;
  for name in select value from jsonb_array_elements_text(tables) with ordinality order by ordinality loop
    select string_agg(quote_ident(column_name), ', ' order by ordinal_position) into columns
    from information_schema.columns
    where table_schema = current_schema()
      and table_name = name
      and is_generated = 'NEVER';
    for part in
      select * from suitcase_parts where suitcase_id = which and table_name = name order by place
    loop
      execute format(
        'insert into %1$I (%2$s) overriding system value
        select %2$s from jsonb_populate_recordset(null::%1$I, $1)',
        name, columns
      ) using ('[' || replace(part.body, chr(10), ',') || ']')::jsonb;
    end loop;
  end loop;
  if exists (
    select from orders
    where status = 'paid'
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
  for name in select value from jsonb_array_elements_text(tables) loop
    execute format('alter table %I enable trigger user', name);
  end loop;
  delete from suitcase_parts where suitcase_id = which;
  update suitcases set state = 'done', next = 0, lease_until = null where id = which;
end $$;
