-- The stamp on the buyers' copies of a PDF: chosen when a file is sent, read from it once, and never
-- changed, so that an order's copy is the same bytes for as long as somebody may fetch the rest of it.

alter table uploads
  add column stamp text not null default 'tenth' check (stamp in ('none', 'tenth', 'all'));

-- A file without a row (sent before there were stamps, or no PDF) is sold as it is.
create table file_stamps (
  file_id bigint primary key references files,
  -- On no page, on one in ten, on all.
  choice text not null check (choice in ('none', 'tenth', 'all')),
  -- How (see src/lib/pdf/stamp/recipe.ts), or why not.
  recipe jsonb,
  fault text check (fault in ('encrypted', 'signed', 'odd', 'too-large')),
  check (num_nonnulls(recipe, fault) = case choice when 'none' then 0 else 1 end)
);

create trigger file_stamps_only_grow before update or delete on file_stamps
  for each row execute function refuse_change();
create trigger file_stamps_not_truncated before truncate on file_stamps
  for each statement execute function refuse_change();
