-- The window: themes, authors, contents and search; pictures for old browsers and for who shares;
-- and a number that changes whenever what the window shows may have changed.

-- Text as it is searched: no accents, no case, no punctuation; Bambara's letters as people type
-- them on a phone. `set search_path`, here and below, so that a restored dump finds the functions.
create function folded(words text) returns text
language sql immutable strict parallel safe set search_path from current as $$
  select btrim(regexp_replace(
    translate(
      replace(replace(replace(
        lower(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]', '', 'g')),
        'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
      'ŒÆɛƐɔƆŋŊɲƝɓƁɗƊƙƘƴƳøØđĐłŁı', 'oaeeoonnnnbbddkkyyooddlli'),
    '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
$$;

create function search_words(words text) returns tsvector
language sql immutable strict parallel safe set search_path from current as $$
  select array_to_tsvector(array(
    select distinct word from unnest(string_to_array(folded(words), ' ')) word where word <> ''
  ))
$$;

-- The beginnings of words, all of them; of what is typed, 8 count. A single letter beside other
-- words is an article without its vowel (l’œuvre). Null, which finds nothing: no word at all.
create function search_query(typed text) returns tsquery
language sql immutable strict parallel safe set search_path from current as $$
  select string_agg(quote_literal(word) || ':*', ' & ')::tsquery
  from (
    select word
    from unnest(string_to_array(folded(typed), ' ')) with ordinality words (word, place)
    where length(word) > 1 or folded(typed) = word
    order by place
    limit 8
  ) asked
  where word <> ''
$$;

-- [{ slug, name }] of what is separated by commas, or by what `separator` says; each slug once.
create function name_list(names text, separator text) returns jsonb
language sql immutable strict parallel safe set search_path from current as $$
  select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'name', name) order by place), '[]')
  from (
    select distinct on (slug) slug, name, place
    from (
      select
        btrim(regexp_replace(part, '\s+', ' ', 'g')) as name,
        btrim(left(regexp_replace(folded(part), '[^a-z0-9]+', '-', 'g'), 80), '-') as slug,
        place
      from regexp_split_to_table(names, separator) with ordinality parts (part, place)
    ) parts
    where slug <> ''
    order by slug, place
  ) named
$$;

alter table books
  -- As typed, separated by commas.
  add column tags text not null default '' check (length(tags) <= 300),
  -- The table of contents, a line a chapter.
  add column contents text not null default '' check (length(contents) <= 10000),
  add column tag_list jsonb not null generated always as (name_list(tags, '[,;\n]')) stored,
  add column author_list jsonb not null
    generated always as (name_list(author, '[,;]|\s+(et|and|&)\s+')) stored,
  add column search_words tsvector not null
    generated always as (search_words(title || ' ' || author || ' ' || tags)) stored,
  -- { key, type, width, height }: the cover as JPEG, and the picture that a shared link shows.
  add column cover_plain jsonb,
  add column cover_share jsonb;

create index books_search on books using gin (search_words) where published_at is not null;
create index books_tags on books using gin (tag_list jsonb_path_ops) where published_at is not null;
create index books_authors on books using gin (author_list jsonb_path_ops)
  where published_at is not null;

-- A row and no sequence: it becomes visible together with what it tells of.
create table window_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);

insert into window_version (version) values (1);

create function change_window() returns trigger language plpgsql as $$
begin
  update window_version set version = version + 1;
  return null;
end $$;

create trigger change_window after insert or update or delete or truncate on books
  for each statement execute function change_window();
create trigger change_window after insert or update or delete or truncate on pack_books
  for each statement execute function change_window();
create trigger change_window after insert or update or delete or truncate on settings
  for each statement execute function change_window();
-- Not of what a check of the stored bytes notes there.
create trigger change_window
  after insert or delete or truncate or update of slot, is_sample, pages, withdrawn_at on files
  for each statement execute function change_window();

-- A further language of the shop is a matter of src/words/, not of this table.
alter table orders
  drop constraint orders_language_check,
  add constraint orders_language_check check (language ~ '^[a-z]{2}$');
