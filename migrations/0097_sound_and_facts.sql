-- Books to listen to come as M4A and M4B, too; and a file says of itself how long it is, and what its
-- title, author, language and chapters are: offered to the seller, who decides.

alter table files
  add column seconds integer check (seconds > 0),
  -- What an EPUB, an MP3 or an M4A says of itself: { title, author, language, chapters, cover }.
  add column about jsonb,
  drop constraint files_media_type_check,
  add constraint files_media_type_check
    check (media_type in ('application/pdf', 'application/epub+zip', 'audio/mpeg', 'audio/mp4'));
