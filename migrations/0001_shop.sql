-- The shop's rows. Money is whole units of the currency. Times come from the shop's clock.
-- What must never happen is refused here, whoever asks: see the triggers at the end.

create table books (
  id bigint generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  title text not null check (length(title) between 1 and 200),
  author text not null check (length(author) between 1 and 200),
  description text not null check (length(description) <= 20000),
  language text not null check (language ~ '^[a-z]{2}$'),
  price integer not null check (price > 0),
  currency text not null check (currency in ('XOF', 'XAF', 'CDF', 'GNF', 'USD')),
  cover_key text,
  cover_type text,
  cover_width integer,
  cover_height integer,
  published_at timestamptz,
  created_at timestamptz not null,
  check (currency = 'USD' or price % 5 = 0),
  check (num_nulls(cover_key, cover_type, cover_width, cover_height) in (0, 4))
);

create index books_published on books (published_at desc, id desc) where published_at is not null;

create table files (
  id bigint generated always as identity primary key,
  book_id bigint not null references books,
  version integer not null check (version > 0),
  name text not null check (length(name) between 1 and 200),
  storage_key text not null unique,
  media_type text not null check (media_type in ('application/pdf')),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  pages integer check (pages > 0),
  created_at timestamptz not null,
  unique (book_id, version),
  unique (id, book_id)
);

create table orders (
  id bigint generated always as identity primary key,
  -- Read over the phone: seven Crockford digits and a check digit. Opens nothing by itself.
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
  -- One form shown, one order: a hash of the form's nonce and of what was typed in it.
  form_hash text not null unique,
  book_id bigint not null references books,
  file_id bigint not null,
  amount integer not null check (amount > 0),
  currency text not null check (currency in ('XOF', 'XAF', 'CDF', 'GNF', 'USD')),
  status text not null check (
    status in ('pending', 'paid', 'failed', 'expired', 'review', 'refunded', 'revoked')
  ),
  -- The number of the latest payment; the order's state follows that one.
  attempts integer not null default 1 check (attempts > 0),
  -- Raised to end every link given so far.
  link_version integer not null default 1 check (link_version > 0),
  -- Made in a demonstration: no money moved, and a real shop delivers nothing for it.
  simulated boolean not null,
  buyer_name text not null check (length(buyer_name) between 1 and 100),
  phone_typed text not null check (length(phone_typed) <= 40),
  phone_e164 text not null check (phone_e164 ~ '^\+[1-9][0-9]{6,14}$'),
  email text check (length(email) <= 254),
  language text not null check (language in ('fr', 'en')),
  created_at timestamptz not null,
  paid_at timestamptz,
  foreign key (file_id, book_id) references files (id, book_id),
  check (status not in ('paid', 'refunded', 'revoked') or paid_at is not null)
);

create index orders_phone on orders (phone_e164);

create table payments (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  attempt integer not null check (attempt > 0),
  transaction_id text not null unique check (transaction_id ~ '^[0-9A-F]{24}$'),
  provider text not null check (provider in ('cinetpay', 'simulator')),
  status text not null check (status in ('pending', 'accepted', 'refused', 'expired', 'review')),
  amount integer not null check (amount > 0),
  currency text not null,
  page_url text,
  provider_token text,
  -- Why it was refused, in our words (see RefusalReason), and the provider's own code.
  refusal text,
  provider_code text,
  operator text,
  operator_reference text,
  created_at timestamptz not null,
  accepted_at timestamptz,
  checks integer not null default 0,
  last_check_at timestamptz,
  next_check_at timestamptz,
  unique (order_id, attempt),
  check ((status = 'accepted') = (accepted_at is not null))
);

create index payments_due on payments (next_check_at) where next_check_at is not null;
create index payments_operator_reference on payments (operator_reference)
  where operator_reference is not null;

-- What gives access to the bytes: at most one an order, made in the statement that makes it paid.
create table grants (
  order_id bigint primary key references orders,
  payment_id bigint not null references payments,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- What the provider told us, redacted: notices that reached us and answers to our checks.
-- The same words said again raise `times` instead of adding a row: a replay must not fill the disk.
create table notices (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('notice', 'check')),
  payment_id bigint references payments,
  transaction_id text not null check (length(transaction_id) <= 64),
  fingerprint text not null unique,
  record jsonb not null,
  times integer not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null
);

create index notices_payment on notices (payment_id);

-- One line for each thing that happened to an order. Never changed, never removed.
create table events (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  at timestamptz not null,
  kind text not null check (kind ~ '^[a-z]+\.[a-z_]+$'),
  detail jsonb not null default '{}'
);

create index events_order on events (order_id, id);

-- Counters of a window of time: buys by address and by phone.
create table throttles (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);

create index throttles_window on throttles (window_start);

-- The built-in simulator's own book, in a demonstration.
create table simulated_transactions (
  site_id text not null,
  transaction_id text not null,
  token text not null unique,
  body jsonb not null,
  primary key (site_id, transaction_id)
);

create function guard_order() returns trigger language plpgsql as $$
begin
  if (new.code, new.form_hash, new.book_id, new.file_id, new.amount, new.currency, new.simulated)
    is distinct from
    (old.code, old.form_hash, old.book_id, old.file_id, old.amount, old.currency, old.simulated)
  then
    raise exception 'order %: what was ordered never changes', old.id using errcode = 'check_violation';
  end if;
  if new.attempts < old.attempts or new.link_version < old.link_version then
    raise exception 'order %: counters only rise', old.id using errcode = 'check_violation';
  end if;
  if new.status <> old.status and not (case old.status
    when 'pending' then new.status in ('paid', 'failed', 'expired', 'review')
    when 'failed' then new.status in ('pending', 'paid', 'expired', 'review')
    when 'expired' then new.status in ('pending', 'paid', 'failed', 'review')
    when 'review' then new.status in ('paid')
    when 'paid' then new.status in ('refunded', 'revoked')
    when 'revoked' then new.status in ('paid', 'refunded')
    else false
  end) then
    raise exception 'order %: % does not become %', old.id, old.status, new.status
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger guard_order before update on orders
  for each row execute function guard_order();

create function guard_payment() returns trigger language plpgsql as $$
begin
  if (new.order_id, new.attempt, new.transaction_id, new.provider, new.amount, new.currency)
    is distinct from
    (old.order_id, old.attempt, old.transaction_id, old.provider, old.amount, old.currency)
  then
    raise exception 'payment %: what was asked never changes', old.id using errcode = 'check_violation';
  end if;
  if old.status = 'accepted' and new.status <> 'accepted' then
    raise exception 'payment %: accepted is final', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger guard_payment before update on payments
  for each row execute function guard_payment();

-- At the end of each statement: paid and granted are the same thing, and a grant rests on an
-- accepted payment of that very order and amount.
create function guard_paid() returns trigger language plpgsql as $$
begin
  if not exists (select from grants where order_id = new.id) then
    raise exception 'order %: paid without a grant', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger guard_paid after insert or update of status on orders
  deferrable initially deferred
  for each row when (new.status = 'paid') execute function guard_paid();

create function guard_grant() returns trigger language plpgsql as $$
begin
  if not exists (
    select from orders
    join payments on payments.order_id = orders.id
    where orders.id = new.order_id
      and orders.status in ('paid', 'refunded', 'revoked')
      and payments.id = new.payment_id
      and payments.status = 'accepted'
      and payments.amount = orders.amount
      and payments.currency = orders.currency
  ) then
    raise exception 'order %: granted without an accepted payment', new.order_id
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger guard_grant after insert or update on grants
  deferrable initially deferred
  for each row execute function guard_grant();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows', tg_table_name using errcode = 'check_violation';
end $$;

create trigger events_only_grow before update or delete on events
  for each row execute function refuse_change();
create trigger events_not_truncated before truncate on events
  for each statement execute function refuse_change();
create trigger grants_not_deleted before delete on grants
  for each row execute function refuse_change();
create trigger files_not_changed before update of book_id, version, storage_key, size_bytes, sha256
  on files for each row execute function refuse_change();
