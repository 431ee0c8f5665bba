-- What was sent of each file to each buyer, and whether the stored files are still what was sold.

-- One row for an order and a file: the copy under way, and how many were counted before it. The
-- rule is told in src/delivery/coverage.ts. The size is that of the file, which never changes.
create table downloads (
  order_id bigint not null references orders,
  file_id bigint not null references files,
  -- The name of the copy under way: what is still being sent of an older one marks nothing in it.
  copy text not null,
  -- Asked for as a file to keep, at least once; otherwise read in the browser only.
  to_keep boolean not null,
  -- The file in 128 blocks: those that were sent, and not asked for again since.
  blocks bit(128) not null,
  -- Of this copy: bytes that left, sent twice or not, and how often the buyer came back for it.
  sent_bytes bigint not null default 0,
  resumes integer not null default 0,
  -- Complete copies before this one, and how many there were when the buyer last proved to be one.
  copies integer not null default 0,
  allowed_copies integer not null default 0,
  first_at timestamptz not null,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  completed_at timestamptz,
  primary key (order_id, file_id),
  check ((completed_at is not null) = (position('0' in blocks::text) = 0))
);

alter table files
  -- Last read back whole, and found to be what was sold.
  add column verified_at timestamptz,
  -- Found missing, cut, changed or unreadable since then; not sent until it is sound again.
  add column damaged_at timestamptz,
  -- When it is to be read again; null: as its age says.
  add column check_due_at timestamptz;

-- Who asked for a damaged file, and is to be told when there is a sound one.
create table awaited_files (
  order_id bigint not null references orders,
  file_id bigint not null references files,
  at timestamptz not null,
  primary key (file_id, order_id)
);
