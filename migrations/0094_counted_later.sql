-- Sales and payments are counted by the day later, many at once (src/data/orders/counts.ts): three rows
-- that many sales of a day share are no longer changed in each sale's own commit. What is still to be
-- counted stands here, put down in the commit that makes it so, and leaves in the one that counts it.

create table uncounted (
  id bigint generated always as identity primary key,
  payment_id bigint not null,
  kind text not null check (kind in ('opened', 'accepted', 'sold'))
);

create function count_later() returns trigger language plpgsql as $$
begin
  insert into uncounted (payment_id, kind) values (new.id, tg_argv[0]);
  return null;
end $$;

create function count_sale_later() returns trigger language plpgsql as $$
begin
  insert into uncounted (payment_id, kind) values (new.payment_id, 'sold');
  return null;
end $$;

-- The tables are locked in the order in which a sale that goes on meanwhile locks them.
drop trigger count_payments on payments;
drop trigger count_accepted on payments;
create trigger count_opened after insert on payments
  for each row when (new.provider not in ('hand', 'free')) execute function count_later('opened');
create trigger count_made_accepted after insert on payments
  for each row when (new.provider not in ('hand', 'free') and new.status = 'accepted')
  execute function count_later('accepted');
create trigger count_accepted after update of status on payments
  for each row
  when (new.provider not in ('hand', 'free') and old.status <> 'accepted' and new.status = 'accepted')
  execute function count_later('accepted');

drop trigger count_sales on grants;
create trigger count_sale_later after insert on grants
  for each row execute function count_sale_later();

drop function count_sales();
drop function count_payments();
drop function count_accepted();
drop function count_place();

-- As in 0002, in two steps: most notices bring no number, and are asked no question.
create or replace function forget_in_notice() returns trigger language plpgsql as $$
begin
  if new.record ?| '{cel_phone_num,cpm_phone_prefixe}' then
    if exists (
      select from payments
      join orders on orders.id = payments.order_id
      where payments.id = new.payment_id and orders.erased_at is not null
    ) then
      new.record := new.record - 'cel_phone_num' - 'cpm_phone_prefixe';
    end if;
  end if;
  return new;
end $$;
