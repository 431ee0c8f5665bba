-- What was found in a file that is refused: the pages where there is nothing, the chapter that is damaged.
alter table uploads
  add column fault_detail text check (length(fault_detail) <= 200);

-- A file whose tables lead astray is mended by each reader that opens it, until a stamp is added.
alter table file_stamps
  drop constraint file_stamps_fault_check,
  add constraint file_stamps_fault_check
    check (fault in ('encrypted', 'signed', 'odd', 'too-large', 'repaired'));
