-- Signs from outside of the process, as last seen: a pass that was made by the host's clock, by
-- whichever way; a phone that reached the shop's public address. The one before tells the rhythm.
create table signs_of_life (
  kind text not null check (kind in ('cron', 'phone')),
  way text not null check (way ~ '^[a-z]+$'),
  seen_at timestamptz not null,
  before_at timestamptz,
  primary key (kind, way)
);
