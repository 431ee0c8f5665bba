-- What is paid and granted is looked at when a statement ends, no longer when its transaction does. Each
-- change is one statement, so both are the same moment; and an engine without deferred triggers
-- (CockroachDB) can guard alike. Orders first, as a sale locks them.
drop trigger guard_paid on orders;
create trigger guard_paid after insert or update of status on orders
  for each row when (new.status = 'paid') execute function guard_paid();

drop trigger guard_grant on grants;
create trigger guard_grant after insert or update on grants
  for each row execute function guard_grant();
