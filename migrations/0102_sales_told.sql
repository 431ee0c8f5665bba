-- A sale is told to the seller: each soon after it, several together, or all of a day in the evening.
-- `about`: the orders of a message (their ids), or the time that a digest tells of.

alter table messages
  drop constraint messages_kind_check,
  add constraint messages_kind_check check (
    kind in (
      'receipt', 'review', 'double', 'case', 'damaged', 'back', 'edition', 'books', 'address',
      'keys', 'sale', 'digest'
    )
  ),
  add column about jsonb,
  add constraint messages_about_sales check ((kind in ('sale', 'digest')) = (about is not null));

create index messages_digest on messages (channel, created_at) where kind = 'digest';
