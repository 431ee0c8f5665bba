-- Customers are the phones that orders bear: no table of them, so that nothing has to be kept true. What
-- the seller writes about one, who is not to be written to, and who was reminded of an unpaid order.

create table customer_notes (
  phone_e164 text primary key check (phone_e164 ~ '^\+[1-9][0-9]{6,14}$'),
  text text not null check (length(text) between 1 and 4000),
  -- The second of two people who save is told.
  version integer not null default 1,
  person_id bigint not null references people,
  at timestamptz not null
);

-- A keyed hash of the number, whose key is not here: it outlives an erasure, and names nobody.
create table quiet_phones (
  phone_hash text primary key check (phone_hash ~ '^[0-9a-f]{64}$'),
  at timestamptz not null
);

-- The last reminder of an order; each stands in its ledger.
create table reminders (
  order_id bigint primary key references orders,
  person_id bigint not null references people,
  at timestamptz not null
);

create index reminders_at on reminders (at);

-- Of a phone, also what it bought last: in place of the index by the phone alone.
create index orders_of_phone on orders (phone_e164, paid_at, id);
drop index orders_phone;
