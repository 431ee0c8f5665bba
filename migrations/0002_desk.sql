-- The seller's desk: people and how they get in, settings, richer books and orders, promotions.

create table people (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 60),
  -- What is typed to get in; kept in lower case.
  login text not null check (login = lower(login) and length(login) between 3 and 100),
  role text not null check (role in ('owner', 'helper')),
  -- scrypt$14$8$5$salt$hash; null: by passkey only.
  password_hash text,
  -- A link to choose a password is open since then; using it closes it.
  invited_at timestamptz,
  -- Raising it ends every session opened before.
  access_version integer not null default 1,
  created_at timestamptz not null,
  ended_at timestamptz
);

create unique index people_login on people (login) where ended_at is null;

create unique index people_one_owner on people (role) where role = 'owner' and ended_at is null;

create table passkeys (
  -- The credential's id, base64url.
  id text primary key check (length(id) <= 1400),
  person_id bigint not null references people,
  public_key bytea not null,
  counter bigint not null,
  transports text not null default '',
  label text not null check (length(label) between 1 and 60),
  created_at timestamptz not null,
  last_used_at timestamptz
);

create index passkeys_person on passkeys (person_id);

-- A challenge is answered once: whoever deletes the row may use it.
create table challenges (
  id text primary key,
  challenge text not null,
  person_id bigint references people,
  expires_at timestamptz not null
);

create table sessions (
  -- sha-256 of the cookie, hexadecimal: a leaked dump opens no desk.
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  -- A name for the list of sessions, that is not the token.
  id bigint generated always as identity unique,
  person_id bigint not null references people,
  -- That of the person when it was opened.
  access_version integer not null,
  device text not null check (length(device) <= 100),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create index sessions_person on sessions (person_id);

-- Failed attempts to get in, by account and by address (hashed): each makes the next wait longer.
create table login_failures (
  key text primary key,
  count integer not null,
  last_at timestamptz not null
);

create index login_failures_oldest on login_failures (last_at);

-- One row a section; `version` lets the second of two people who save be told.
create table settings (
  section text primary key check (section ~ '^[a-z]+$'),
  value jsonb not null,
  version integer not null default 1,
  changed_at timestamptz not null,
  changed_by bigint references people
);

-- Books: packs, prices that buyers choose, versions for two editors at once.

alter table books drop constraint books_price_check;
alter table books
  add column kind text not null default 'book' check (kind in ('book', 'pack')),
  -- Not null: the buyer chooses a price from this floor up; `price` is what is suggested.
  add column price_floor integer check (price_floor >= 0),
  add column version integer not null default 1,
  -- Who saved that version; null: nobody at the desk.
  add column changed_by bigint references people,
  add column archived_at timestamptz,
  -- The cover in the sizes that pages use: [{ key, type, width, height }], smallest first.
  add column cover_sizes jsonb not null default '[]',
  add constraint books_price_check check (price >= 0),
  add constraint books_floor_check check (price_floor is null or price_floor <= price);

create table pack_books (
  pack_id bigint not null references books,
  book_id bigint not null references books,
  place integer not null,
  primary key (pack_id, book_id),
  check (pack_id <> book_id)
);

-- Files: several a book, each a slot with versions.

alter table files drop constraint files_book_id_version_key;
alter table files drop constraint files_media_type_check;
alter table files
  add column slot text not null default 'livre' check (slot ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add column title text not null default '' check (length(title) <= 100),
  add column is_sample boolean not null default false,
  -- Taken off: no longer offered, to anybody.
  add column withdrawn_at timestamptz,
  add constraint files_media_type_check
    check (media_type in ('application/pdf', 'application/epub+zip', 'audio/mpeg')),
  add constraint files_version_key unique (book_id, slot, version);

create table uploads (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  person_id bigint not null references people,
  book_id bigint not null references books,
  slot text not null,
  title text not null,
  is_sample boolean not null,
  name text not null check (length(name) between 1 and 200),
  size_bytes bigint not null check (size_bytes between 1 and 524288000),
  piece_bytes integer not null check (piece_bytes > 0),
  storage_key text not null unique,
  -- The storage's own name for the upload under way, and a tag for each piece received.
  storage_upload text not null,
  pieces jsonb not null default '{}',
  state text not null check (state in ('open', 'checking', 'published', 'refused')),
  -- Why it was refused; of a published one, what there is to say all the same.
  fault text,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

create index uploads_created on uploads (created_at);

-- Orders: several books, a discount, sales by hand, refunds.

alter table orders alter column file_id drop not null;
alter table orders drop constraint orders_amount_check;
alter table orders
  add constraint orders_amount_check check (amount >= 0),
  -- The price before any discount.
  add column list_amount integer,
  add column promotion_id bigint;
alter table orders disable trigger guard_order;
update orders set list_amount = amount;
alter table orders enable trigger guard_order;
alter table orders alter column list_amount set not null;

alter table payments drop constraint payments_amount_check;
alter table payments drop constraint payments_provider_check;
alter table payments
  add constraint payments_amount_check check (amount >= 0),
  -- 'hand': a person took the money; 'free': there was none to take.
  add constraint payments_provider_check
    check (provider in ('cinetpay', 'simulator', 'hand', 'free')),
  add constraint payments_zero_check check (amount > 0 or provider in ('hand', 'free')),
  -- A person has dealt with it (refunded, taken as paid by hand, set aside): it is asked about no
  -- more, can make no order paid any more, and leaves the list to look at.
  add column closed_at timestamptz;

-- The books that an order gives: one, or those of a pack at the moment of the order.
create table order_items (
  order_id bigint not null references orders,
  book_id bigint not null references books,
  primary key (order_id, book_id)
);

insert into order_items (order_id, book_id) select id, book_id from orders;

create trigger order_items_not_changed before update or delete on order_items
  for each row execute function refuse_change();

create table promotions (
  id bigint generated always as identity primary key,
  code text not null unique check (code ~ '^[A-Z0-9]{3,20}$'),
  kind text not null check (kind in ('percent', 'amount')),
  value integer not null check (value > 0 and (kind <> 'percent' or value <= 100)),
  starts_at timestamptz,
  ends_at timestamptz,
  max_uses integer check (max_uses > 0),
  -- Its orders that were not given up: kept by `count_promotion`, below.
  uses integer not null default 0 check (uses >= 0),
  active boolean not null default true,
  version integer not null default 1,
  changed_by bigint references people,
  created_at timestamptz not null,
  check (starts_at < ends_at)
);

-- None: good for every book.
create table promotion_books (
  promotion_id bigint not null references promotions,
  book_id bigint not null references books,
  primary key (promotion_id, book_id)
);

alter table orders add foreign key (promotion_id) references promotions;

create index orders_promotion on orders (promotion_id, status)
  include (list_amount, amount, simulated, currency)
  where promotion_id is not null;

-- An order holds a use of its code until it is given up (failed, expired). Opening one takes a use,
-- and so does a new try at one that was given up: refused when none is left. Money that arrives
-- late for one that was given up is kept at the amount promised, and takes a use all the same: so
-- `uses` may pass `max_uses`, by late payments and by nothing else.
create function count_promotion() returns trigger language plpgsql as $$
declare
  held boolean := tg_op = 'UPDATE' and old.status not in ('failed', 'expired');
  holds boolean := new.status not in ('failed', 'expired');
begin
  if held and not holds then
    update promotions set uses = greatest(uses - 1, 0) where id = new.promotion_id;
  elsif holds and not held then
    update promotions
    set uses = uses + 1
    where id = new.promotion_id
      and case
        when tg_op = 'INSERT' then
          active
          and (max_uses is null or uses < max_uses)
          and (starts_at is null or starts_at <= new.created_at)
          and (ends_at is null or ends_at > new.created_at)
        when new.status = 'pending' then max_uses is null or uses < max_uses
        else true
      end;
    if not found then
      raise exception 'promotion %: not to be had', new.promotion_id
        using errcode = 'check_violation', constraint = 'promotion_to_be_had';
    end if;
  end if;
  return null;
end $$;

create trigger count_promotion after insert or update of status on orders
  for each row when (new.promotion_id is not null) execute function count_promotion();

create table refunds (
  payment_id bigint primary key references payments,
  order_id bigint not null references orders,
  amount integer not null check (amount >= 0),
  reason text not null check (length(reason) between 3 and 500),
  -- What the operator or CinetPay calls the refund, when it has a name.
  reference text not null default '' check (length(reference) <= 100),
  person_id bigint not null references people,
  at timestamptz not null
);

create index refunds_order on refunds (order_id);

create table order_notes (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  person_id bigint not null references people,
  text text not null check (length(text) between 1 and 2000),
  at timestamptz not null
);

create index order_notes_order on order_notes (order_id);

-- Why a person did it. Apart from the events, which are for ever: a reason may name somebody.
create table order_deeds (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  kind text not null check (kind in ('hand', 'revoke', 'restore', 'close')),
  reason text not null check (length(reason) between 3 and 500),
  person_id bigint not null references people,
  at timestamptz not null
);

create index order_deeds_order on order_deeds (order_id);

-- As in 0001, but for this: the list price and the promotion are frozen too, and an order held for
-- a person is given back to its buyer, to be paid anew, when the payment that held it was refunded
-- or set aside.
create or replace function guard_order() returns trigger language plpgsql as $$
begin
  if (new.code, new.book_id, new.file_id, new.list_amount, new.amount,
      new.currency, new.simulated, new.promotion_id)
    is distinct from
    (old.code, old.book_id, old.file_id, old.list_amount, old.amount,
      old.currency, old.simulated, old.promotion_id)
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
    when 'review' then new.status in ('paid', 'failed')
    when 'paid' then new.status in ('refunded', 'revoked')
    when 'revoked' then new.status in ('paid', 'refunded')
    else false
  end) then
    raise exception 'order %: % does not become %', old.id, old.status, new.status
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Privacy. A buyer who is erased leaves the accounts as they are (amounts, dates, codes, references)
-- and no trace of the person. Erased is for ever: a change that was waiting brings nobody back.

alter table orders drop constraint orders_phone_e164_check;
alter table orders
  add column erased_at timestamptz,
  add constraint orders_person_check check (
    case when erased_at is null then phone_e164 ~ '^\+[1-9][0-9]{6,14}$'
    else buyer_name = 'Effacé' and phone_typed = '' and phone_e164 = '' and email is null
      and form_hash like 'erased-%'
    end
  );

create index orders_to_forget on orders (created_at)
  where erased_at is null and status in ('pending', 'failed', 'expired');

create function guard_person() returns trigger language plpgsql as $$
begin
  -- The hash of a form is made of what was typed in it: it goes with the person, and only then.
  if new.form_hash <> old.form_hash and (old.erased_at is not null or new.erased_at is null) then
    raise exception 'order %: its form never changes', old.id using errcode = 'check_violation';
  end if;
  if old.erased_at is distinct from new.erased_at and old.erased_at is not null then
    raise exception 'order %: erased for ever', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger guard_person before update on orders
  for each row execute function guard_person();

-- A notice that comes after the erasure brings no number back.
create function forget_in_notice() returns trigger language plpgsql as $$
begin
  if new.record ?| '{cel_phone_num,cpm_phone_prefixe}' and exists (
    select from payments
    join orders on orders.id = payments.order_id
    where payments.id = new.payment_id and orders.erased_at is not null
  ) then
    new.record := new.record - 'cel_phone_num' - 'cpm_phone_prefixe';
  end if;
  return new;
end $$;

create trigger forget_in_notice before insert or update of record on notices
  for each row execute function forget_in_notice();

-- That somebody was erased, by whom and why, and nothing of who it was.
create table erasures (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id bigint not null references people,
  why text not null check (why in ('asked', 'mistake', 'authority')),
  orders integer not null check (orders > 0)
);

-- Who did it; null: nobody's hand, the shop itself. Why stands in `order_deeds` and `refunds`.
alter table events add column person_id bigint references people;

-- What the desk looks up.
create index orders_newest on orders (created_at desc, id desc);
create index orders_newest_by_status on orders (status, created_at desc, id desc);
create index orders_book on orders (book_id, created_at desc, id desc);
create index orders_email on orders (lower(email)) where email is not null;
-- The last digits of a phone number are the first of its reverse.
create index orders_phone_end on orders (reverse(phone_e164) text_pattern_ops);
create index orders_paid on orders (paid_at) where paid_at is not null;
create index orders_sold on orders (book_id) where status = 'paid';
create index order_items_book on order_items (book_id);
create index payments_created on payments (created_at, id);
create index payments_look_at on payments (id) where status = 'review' and closed_at is null;
create index events_double on events (order_id) where kind = 'payment.double';
-- CinetPay's code for a payment that it has given back.
create index notices_given_back on notices (payment_id)
  where kind = 'check' and record ->> 'code' = '660';
create index refunds_newest on refunds (at);

-- The figures, counted as sales are made: a page of a year reads some thousand lines, however many
-- orders there are. Days are days of UTC. A sale is a grant; what is given back later is a refund,
-- and does not change the day of the sale.

create table operator_days (
  day date not null,
  provider text not null,
  -- As the provider writes it; empty for what was paid by hand, or free.
  operator text not null,
  currency text not null,
  simulated boolean not null,
  sales integer not null,
  -- Those of them that cost something.
  priced integer not null,
  amount bigint not null,
  primary key (day, provider, operator, currency, simulated)
);

create table book_days (
  day date not null,
  book_id bigint not null references books,
  currency text not null,
  simulated boolean not null,
  sales integer not null,
  amount bigint not null,
  primary key (day, book_id, currency, simulated)
);

-- Payments that a provider was asked for, by the day they were opened, and how many it accepted.
create table payment_days (
  day date not null,
  provider text not null,
  opened integer not null,
  accepted integer not null,
  primary key (day, provider)
);

-- Rows are met in one order everywhere, so that two sales never wait for each other in a circle.
create function count_sales() returns trigger language plpgsql as $$
begin
  insert into operator_days (day, provider, operator, currency, simulated, sales, priced, amount)
  select
    (orders.paid_at at time zone 'UTC')::date, payments.provider, coalesce(payments.operator, ''),
    orders.currency, orders.simulated,
    count(*), count(*) filter (where orders.amount > 0), sum(orders.amount)
  from granted
  join orders on orders.id = granted.order_id
  join payments on payments.id = granted.payment_id
  where orders.paid_at is not null
  group by 1, 2, 3, 4, 5
  order by 1, 2, 3, 4, 5
  on conflict (day, provider, operator, currency, simulated) do update
  set sales = operator_days.sales + excluded.sales,
    priced = operator_days.priced + excluded.priced,
    amount = operator_days.amount + excluded.amount;
  insert into book_days (day, book_id, currency, simulated, sales, amount)
  select
    (orders.paid_at at time zone 'UTC')::date, orders.book_id, orders.currency, orders.simulated,
    count(*), sum(orders.amount)
  from granted
  join orders on orders.id = granted.order_id
  where orders.paid_at is not null
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4
  on conflict (day, book_id, currency, simulated) do update
  set sales = book_days.sales + excluded.sales,
    amount = book_days.amount + excluded.amount;
  return null;
end $$;

create trigger count_sales after insert on grants
  referencing new table as granted
  for each statement execute function count_sales();

create function count_payments() returns trigger language plpgsql as $$
begin
  insert into payment_days (day, provider, opened, accepted)
  select
    (created_at at time zone 'UTC')::date, provider,
    count(*), count(*) filter (where status = 'accepted')
  from made
  where provider not in ('hand', 'free')
  group by 1, 2
  order by 1, 2
  on conflict (day, provider) do update
  set opened = payment_days.opened + excluded.opened,
    accepted = payment_days.accepted + excluded.accepted;
  return null;
end $$;

create trigger count_payments after insert on payments
  referencing new table as made
  for each statement execute function count_payments();

create function count_accepted() returns trigger language plpgsql as $$
begin
  update payment_days
  set accepted = accepted + 1
  where day = (new.created_at at time zone 'UTC')::date and provider = new.provider;
  return null;
end $$;

create trigger count_accepted after update of status on payments
  for each row when (old.status <> 'accepted' and new.status = 'accepted')
  execute function count_accepted();

-- What was sold before this migration.
insert into operator_days (day, provider, operator, currency, simulated, sales, priced, amount)
select
  (orders.paid_at at time zone 'UTC')::date, payments.provider, coalesce(payments.operator, ''),
  orders.currency, orders.simulated, count(*), count(*), sum(orders.amount)
from grants
join orders on orders.id = grants.order_id
join payments on payments.id = grants.payment_id
group by 1, 2, 3, 4, 5;

insert into book_days (day, book_id, currency, simulated, sales, amount)
select
  (paid_at at time zone 'UTC')::date, book_id, currency, simulated, count(*), sum(amount)
from grants
join orders on orders.id = grants.order_id
group by 1, 2, 3, 4;

insert into payment_days (day, provider, opened, accepted)
select
  (created_at at time zone 'UTC')::date, provider,
  count(*), count(*) filter (where status = 'accepted')
from payments
group by 1, 2;
