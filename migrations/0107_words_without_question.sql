-- A sale writes the words of its buyer's name into an index twice: when it is opened, and when it is paid,
-- since an order that is changed is a new row in each index. As in 0011, and the same words, without a
-- question inside, which each of these statements planned anew: `array_to_tsvector` sorts the words and
-- keeps each once. `folded` stands here in full and no path is set, so that PostgreSQL puts all of it in
-- the place of the call.
create or replace function search_words(words text) returns tsvector
language sql immutable parallel safe as $$
  select array_to_tsvector(array_remove(string_to_array(btrim(regexp_replace(
    translate(
      replace(replace(replace(
        lower(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]', '', 'g')),
        'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
      'ŒÆɛƐɔƆŋŊɲƝɓƁɗƊƙƘƴƳøØđĐłŁı', 'oaeeoonnnnbbddkkyyooddlli'),
    '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g')), ' '), ''))
$$;
