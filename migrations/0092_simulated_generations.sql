-- The simulator plays both generations of CinetPay's API. A payment is asked about by the one that
-- began it: those of the newer API have a name of their own.

alter table payments drop constraint payments_provider_check;
alter table payments
  add constraint payments_provider_check
    check (provider in ('cinetpay', 'cinetpay-v1', 'simulator', 'simulator-v1', 'hand', 'free'));

-- Payments that CinetPay has given back by itself, by its own code in the answer to a check: so that
-- no question of the shop has to know that code.
create view given_back as
  select payment_id from notices where kind = 'check' and record ->> 'code' = '660';
