-- A provider that does not answer: a row while it is so, and none when all is well, so that a
-- healthy sale writes nothing here. Chores and lookers ask again at `open_until`, one at a time:
-- who does holds the turn until `turn_until`.
create table provider_outages (
  provider text primary key,
  -- In a row.
  failures integer not null check (failures > 0),
  since timestamptz not null,
  open_until timestamptz,
  turn_until timestamptz
);

-- When each chore was last done, by whichever process did it.
create table chores (
  name text primary key check (name ~ '^[a-z]+$'),
  last_at timestamptz not null
);
