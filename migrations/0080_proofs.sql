-- A phone that was typed is an address to write to, and proves nothing.

-- A claim of an order's page was made by whoever holds its link. One made with a phone alone may be
-- a stranger's: it stands beside the other, and changes nothing of it.
alter table cases add column proved boolean not null default false;
update cases set proved = order_id is not null;

drop index cases_open_order;
create unique index cases_open_order on cases (order_id) where closed_at is null and proved;
drop index cases_open_phone;
-- The same told again is one line; what somebody else tells of that phone is another.
create unique index cases_open_phone on cases (phone_e164, amount, reference)
  where closed_at is null and not proved and phone_e164 <> '';

-- The list of all books of an e-mail address, mailed to it.
alter table messages
  drop constraint messages_kind_check,
  add constraint messages_kind_check
    check (kind in ('receipt', 'review', 'double', 'case', 'damaged', 'back', 'edition', 'books'));

-- Wrong passwords are counted like everything else, in throttles.
drop table login_failures;
