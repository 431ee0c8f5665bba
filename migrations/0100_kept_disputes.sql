-- A dispute of an order that was paid already (debited twice) stays open when its access is closed and
-- given back: only an order that becomes paid leaves nothing to look at.
drop trigger close_case on orders;
create trigger close_case after update of status on orders
  for each row
  when (old.status in ('pending', 'failed', 'expired', 'review') and new.status = 'paid')
  execute function close_case();
