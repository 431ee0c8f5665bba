-- A question to a passkey is derived, and kept only once it was answered: so that it is answered once,
-- and who asks for a thousand leaves nothing behind.
delete from challenges;
alter table challenges
  drop column challenge,
  drop column person_id,
  drop column session_id,
  drop column deed;
