-- A wish that was taken back leaves its row: beside an older database, the newer of the two must be known.
alter table quiet_phones
  add column ended_at timestamptz;
