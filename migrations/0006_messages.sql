-- Messages to be sent, born in the statement that makes them needed. Nobody's address stands here:
-- it is read from the order, or from the settings, when a message is sent.

create table messages (
  id bigint generated always as identity primary key,
  -- Its name, made of what it is about: told twice it is one message, and a mail service that takes
  -- an idempotency key is given this one.
  key text not null unique check (key ~ '^[a-z]+(-[0-9]+)+$'),
  -- Null: about no order that is known.
  order_id bigint references orders,
  kind text not null check (kind in ('receipt', 'review', 'double', 'case')),
  -- 'none': there was nobody to send it to, or it came too late.
  state text not null check (state in ('due', 'sent', 'failed', 'none')),
  tries integer not null default 0,
  due_at timestamptz,
  -- Whoever holds it may say how the sending ended; it changes with each claim.
  lease text,
  first_tried_at timestamptz,
  sent_at timestamptz,
  -- What went wrong the last time, without an address in it.
  fault text check (length(fault) <= 200),
  created_at timestamptz not null,
  check ((state = 'due') = (due_at is not null)),
  check ((state = 'sent') = (sent_at is not null))
);

create index messages_due on messages (due_at) where due_at is not null;
create index messages_order on messages (order_id);
create index messages_failed on messages (id) where state = 'failed';

-- What was paid before there was mail.
insert into messages (key, order_id, kind, state, created_at)
select 'receipt-' || id, id, 'receipt', 'none', paid_at from orders where paid_at is not null;

-- As in 0001, and: paid means told, too.
create or replace function guard_paid() returns trigger language plpgsql as $$
begin
  if not exists (select from grants where order_id = new.id) then
    raise exception 'order %: paid without a grant', new.id using errcode = 'check_violation';
  end if;
  if not exists (select from messages where order_id = new.id and kind = 'receipt') then
    raise exception 'order %: paid without a receipt to send', new.id
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
