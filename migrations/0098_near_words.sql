-- A search that finds nothing is asked again with one slip a word: a letter too many, one that is
-- missing, another one, or two that changed places. The words of all books stand in a list, each with
-- its letters taken out one by one, and so does what is typed; pg_trgm may not be had on a shared host.

create table book_words (
  word text primary key,
  forms text[] not null
);
create index book_words_forms on book_words using gin (forms) with (fastupdate = off);

-- The word, and the word without each of its letters.
create function near_forms(word text) returns text[]
language sql immutable strict parallel safe set search_path from current as $$
  select array_agg(distinct overlay(word placing '' from place for 1)) || word
  from generate_series(1, length(word)) place
$$;

-- Of words of four to twenty letters; always in one order, so that two books wait for each other in one.
create function keep_words(texts text) returns void
language sql set search_path from current as $$
  insert into book_words (word, forms)
  select word, near_forms(word)
  from (
    select distinct word
    from unnest(string_to_array(folded(texts), ' ')) word
    where length(word) between 4 and 20
  ) words
  where not exists (select from book_words known where known.word = words.word)
  order by word
  on conflict do nothing
$$;

create function keep_book_words() returns trigger language plpgsql set search_path from current as $$
begin
  perform keep_words(new.title || ' ' || new.author || ' ' || new.tags);
  return null;
end $$;

create trigger keep_book_words after insert or update of title, author, tags on books
  for each row execute function keep_book_words();

select keep_words(string_agg(title || ' ' || author || ' ' || tags, ' ')) from books;

-- Each of the first eight words as it is typed, or one that is nearly so. Null, which finds nothing:
-- no word at all.
create function near_query(typed text) returns tsquery
language sql stable strict parallel safe set search_path from current as $$
  select string_agg('(' || words || ')', ' & ')::tsquery
  from (
    select concat_ws(' | ', quote_literal(word) || ':*', (
      select string_agg(quote_literal(near.word), ' | ')
      from book_words near
      where near.forms && near_forms(asked.word) and length(asked.word) between 4 and 20
    )) as words
    from unnest(string_to_array(folded(typed), ' ')) with ordinality asked (word, place)
    where length(word) > 1
    order by place
    limit 8
  ) choices
$$;
