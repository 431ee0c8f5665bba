-- A book's words, themes and authors are indexed as it is written. Left for the next cleaning of the
-- table (GIN's `fastupdate`), a thousand new books made each book's page read them all meanwhile.
alter index books_search set (fastupdate = off);
alter index books_tags set (fastupdate = off);
alter index books_authors set (fastupdate = off);
select gin_clean_pending_list(index) from (
  values ('books_search'::regclass), ('books_tags'), ('books_authors')
) indexes (index);
