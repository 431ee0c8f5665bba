-- A reading that was let go is begun anew by whoever finds it so, once; and never of a shop of which only a
-- part is in place.
create or replace function open_suitcase(
  new_id text, new_kind text, new_key text, new_contents jsonb, at timestamptz
) returns void
language plpgsql as $$
begin
  lock table uncounted in share row exclusive mode;
  if exists (select from suitcases where state = 'publishing' and reached is not null) then
    raise exception 'a suitcase is being unpacked' using errcode = 'cannot_connect_now';
  end if;
  insert into suitcases (id, kind, state, storage_key, contents, created_at, changed_at)
  values (new_id, new_kind, 'reading', new_key, new_contents, at, at)
  on conflict (id) do update
  set contents = excluded.contents, next = 0, reached = null, changed_at = at
  where suitcases.state = 'reading' and suitcases.reached = '{}';
end $$;

-- Whoever signs in writes to these two, in a row that is in place: the seller comes in, and sees how far it is.
create or replace function refuse_while_unpacking() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name in ('people', 'passkeys') then
    return new;
  end if;
  raise exception 'a suitcase is being unpacked' using errcode = 'cannot_connect_now';
end $$;

-- What was put in place of a suitcase that is refused or removed goes, all at once, and what was set aside comes
-- back. One that was not begun is refused in the same go: nobody begins it behind our back.
create or replace function unpublish_suitcase(which text, tables jsonb, why text) returns void
language plpgsql as $$
declare
  name text;
  part suitcase_parts;
  is_closed boolean;
begin
  select state = 'publishing' and reached is not null into is_closed
  from suitcases
  where id = which and kind = 'import' and state <> 'done'
  for update;
  if not found then
    return;
  end if;
  update suitcases set state = 'refused', fault = why, reached = null, lease_until = null where id = which;
  if not is_closed then
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
end $$;
