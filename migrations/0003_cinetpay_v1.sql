-- CinetPay's newer API: its payments are asked about with their own keys, and its notices carry a
-- token given at the beginning, of which only the SHA-256 is kept.

alter table payments drop constraint payments_provider_check;
alter table payments
  add column provider_transaction_id text check (length(provider_transaction_id) <= 200),
  add column notify_token_hash text check (notify_token_hash ~ '^[0-9a-f]{64}$'),
  add constraint payments_provider_check
    check (provider in ('cinetpay', 'cinetpay-v1', 'simulator', 'hand', 'free'));
