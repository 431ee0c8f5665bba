-- Few rows of tables that grow: found without reading the others.

-- The desk's first page: files to be sent anew, and whether the seller has a book of his own.
create index files_damaged on files (damaged_at) where damaged_at is not null;
create index books_own on books (published_at desc, id desc) where changed_by is not null;

-- What the desk's list of orders can be narrowed to.
create index books_by_title on books (lower(title), id);

-- The file that is read back next.
create index files_to_check on files (coalesce(check_due_at, created_at)) where withdrawn_at is null;
