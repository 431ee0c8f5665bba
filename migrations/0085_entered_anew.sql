-- Credentials, and the whole shop in one file, are for who has just entered: a session's `created_at`
-- tells when that was. `opened_by` tells how, since who came by passkey may choose a password without
-- the old one. Null: opened by a version that did not note it.
alter table sessions add column opened_by text check (opened_by in ('password', 'passkey'));

-- A question to a passkey is answered in the session that asked it, and for what it was asked.
alter table challenges
  add column session_id bigint,
  add column deed text not null default 'enter' check (deed in ('enter', 'add', 'prove'));
