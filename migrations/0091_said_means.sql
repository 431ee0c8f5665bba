-- With what the buyer said to pay, in our own word (src/payment/means.ts), or null: CinetPay's newer
-- API does not tell. It names no person, and stays like the operator when one is erased.
alter table orders add column said_means text check (said_means ~ '^[a-z]{1,20}$');

-- CinetPay's own number of a payment, which its panel shows: the desk's search finds by it.
create index payments_provider_transaction on payments (provider_transaction_id)
  where provider_transaction_id is not null;

-- Counted apart, and only where the provider told nothing; empty otherwise.
alter table operator_days
  add column said_means text not null default '',
  drop constraint operator_days_pkey,
  add primary key (day, provider, operator, said_means, currency, simulated, place);

-- As in 0070, but for what was said.
create or replace function count_sales() returns trigger language plpgsql as $$
begin
  insert into operator_days (
    day, provider, operator, said_means, currency, simulated, place, sales, priced, amount
  )
  select
    (orders.paid_at at time zone 'UTC')::date, payments.provider, coalesce(payments.operator, ''),
    case when coalesce(payments.operator, '') = '' then coalesce(orders.said_means, '') else '' end,
    orders.currency, orders.simulated, count_place(),
    count(*), count(*) filter (where orders.amount > 0), sum(orders.amount)
  from granted
  join orders on orders.id = granted.order_id
  join payments on payments.id = granted.payment_id
  where orders.paid_at is not null
  group by 1, 2, 3, 4, 5, 6
  order by 1, 2, 3, 4, 5, 6
  on conflict (day, provider, operator, said_means, currency, simulated, place) do update
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
