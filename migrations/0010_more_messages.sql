-- Messages about a file: a new edition, one that was damaged, one that is back. And alerts to the
-- seller's phone beside the mail.

alter table messages
  drop constraint messages_kind_check,
  add constraint messages_kind_check
    check (kind in ('receipt', 'review', 'double', 'case', 'damaged', 'back', 'edition')),
  add column channel text not null default 'mail' check (channel in ('mail', 'push')),
  add column file_id bigint references files,
  add constraint messages_about_a_file
    check ((kind in ('damaged', 'back', 'edition')) = (file_id is not null));

-- What one buyer waits for leaves before what is told to all of them.
drop index messages_due;
create index messages_due on messages (channel, (kind = 'edition'), due_at) where due_at is not null;
create index messages_file on messages (file_id) where file_id is not null;
