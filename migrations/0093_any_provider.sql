-- A further provider is a file of the shop's, and no migration: a payment has the name of one.

alter table payments drop constraint payments_provider_check;
alter table payments
  add constraint payments_provider_check check (provider ~ '^[a-z][a-z0-9-]{0,30}$');
