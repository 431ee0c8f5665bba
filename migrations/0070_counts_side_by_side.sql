-- The day's counts in several rows each, so that sales which are made at once do not wait for each
-- other: a row stays locked until its sale is on the disk. Every reader adds them up.

create function count_place() returns smallint language sql volatile as $$
  select (pg_backend_pid() % 8)::smallint
$$;

alter table operator_days
  add column place smallint not null default 0,
  drop constraint operator_days_pkey,
  add primary key (day, provider, operator, currency, simulated, place);

alter table book_days
  add column place smallint not null default 0,
  drop constraint book_days_pkey,
  add primary key (day, book_id, currency, simulated, place);

alter table payment_days
  add column place smallint not null default 0,
  drop constraint payment_days_pkey,
  add primary key (day, provider, place);

-- As in 0002, but for the place.
create or replace function count_sales() returns trigger language plpgsql as $$
begin
  insert into operator_days (
    day, provider, operator, currency, simulated, place, sales, priced, amount
  )
  select
    (orders.paid_at at time zone 'UTC')::date, payments.provider, coalesce(payments.operator, ''),
    orders.currency, orders.simulated, count_place(),
    count(*), count(*) filter (where orders.amount > 0), sum(orders.amount)
  from granted
  join orders on orders.id = granted.order_id
  join payments on payments.id = granted.payment_id
  where orders.paid_at is not null
  group by 1, 2, 3, 4, 5
  order by 1, 2, 3, 4, 5
  on conflict (day, provider, operator, currency, simulated, place) do update
  set sales = operator_days.sales + excluded.sales,
    priced = operator_days.priced + excluded.priced,
    amount = operator_days.amount + excluded.amount;
  insert into book_days (day, book_id, currency, simulated, place, sales, amount)
  select
    (orders.paid_at at time zone 'UTC')::date, orders.book_id, orders.currency, orders.simulated,
    count_place(), count(*), sum(orders.amount)
  from granted
  join orders on orders.id = granted.order_id
  where orders.paid_at is not null
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4
  on conflict (day, book_id, currency, simulated, place) do update
  set sales = book_days.sales + excluded.sales,
    amount = book_days.amount + excluded.amount;
  return null;
end $$;

create or replace function count_payments() returns trigger language plpgsql as $$
begin
  insert into payment_days (day, provider, place, opened, accepted)
  select
    (created_at at time zone 'UTC')::date, provider, count_place(),
    count(*), count(*) filter (where status = 'accepted')
  from made
  where provider not in ('hand', 'free')
  group by 1, 2
  order by 1, 2
  on conflict (day, provider, place) do update
  set opened = payment_days.opened + excluded.opened,
    accepted = payment_days.accepted + excluded.accepted;
  return null;
end $$;

create or replace function count_accepted() returns trigger language plpgsql as $$
begin
  insert into payment_days (day, provider, place, opened, accepted)
  select (new.created_at at time zone 'UTC')::date, new.provider, count_place(), 0, 1
  where new.provider not in ('hand', 'free')
  on conflict (day, provider, place) do update
  set accepted = payment_days.accepted + 1;
  return null;
end $$;
