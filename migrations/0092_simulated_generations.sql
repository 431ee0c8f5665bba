-- Payments that CinetPay has given back by itself, by its own code in the answer to a check: so that
-- no question of the shop has to know that code.
create view given_back as
  select payment_id from notices where kind = 'check' and record ->> 'code' = '660';
