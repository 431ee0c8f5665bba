-- Buyers who were debited and have no book: what they wait for, their cases, and their devices.

-- What the provider waits for, in our words (see WaitingReason); of a pending payment only.
alter table payments add column waiting text;

-- « J'ai été débité »: what a buyer told, for the seller to look at.
create table cases (
  id bigint generated always as identity primary key,
  -- Null: no order of that phone was found.
  order_id bigint references orders,
  -- The phone that was debited; empty once its person was erased.
  phone_e164 text not null check (phone_e164 ~ '^(\+[1-9][0-9]{6,14})?$'),
  -- As read in the operator's message.
  amount integer not null check (amount > 0),
  operator text not null check (operator in ('orange', 'wave', 'mtn', 'moov', 'other')),
  reference text not null check (length(reference) <= 60),
  message text not null check (length(message) <= 500),
  opened_at timestamptz not null,
  -- Closed by a person, who says why, or by the payment of its order.
  closed_at timestamptz,
  closed_by bigint references people,
  close_reason text check (length(close_reason) between 3 and 500),
  check (closed_at is not null or num_nonnulls(closed_by, close_reason) = 0)
);

-- One open case an order; without an order, one a phone. A double tap finds it.
create unique index cases_open_order on cases (order_id) where closed_at is null;
create unique index cases_open_phone on cases (phone_e164)
  where closed_at is null and order_id is null and phone_e164 <> '';
create index cases_order on cases (order_id);
create index cases_phone on cases (phone_e164);
create index cases_open on cases (opened_at, id) where closed_at is null;
create index cases_age on cases (coalesce(closed_at, opened_at));

-- Paid, by whatever way: there is nothing left to look at.
create function close_case() returns trigger language plpgsql as $$
begin
  update cases set closed_at = new.paid_at where order_id = new.id and closed_at is null;
  return null;
end $$;

create trigger close_case after update of status on orders
  for each row when (old.status <> 'paid' and new.status = 'paid') execute function close_case();

-- Devices that opened the page of a paid order: a hash of the device's cookie and of the order.
create table order_devices (
  order_id bigint not null references orders,
  device_hash text not null check (device_hash ~ '^[0-9a-f]{64}$'),
  first_seen_at timestamptz not null,
  primary key (order_id, device_hash)
);

-- A person may be known by a case alone.
alter table erasures drop constraint erasures_orders_check;
alter table erasures
  add column cases integer not null default 0 check (cases >= 0),
  add constraint erasures_orders_check check (orders >= 0 and orders + cases > 0);
