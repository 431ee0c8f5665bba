-- What was erased because somebody asked, by marks that say nothing of who it was: `order` and its
-- code, `case` with its number and the moment when it was opened (in milliseconds, because numbers
-- are given again after an older backup was put back). A copy lies in the storage, beside the
-- backups, so that whoever was erased since a backup was made is erased again when it is put back.
create table erasure_marks (
  mark text primary key check (mark ~ '^(order [0-9A-Z]{8}|case [0-9]+ [0-9]+)$'),
  at timestamptz not null
);

insert into erasure_marks (mark, at)
select 'order ' || orders.code, max(events.at)
from events
join orders on orders.id = events.order_id
where events.kind = 'person.erased'
  and events.person_id is not null
group by orders.code;
