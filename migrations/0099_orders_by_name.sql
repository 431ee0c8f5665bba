-- The desk finds orders by words of the buyer's name, folded as titles are, and by the beginning of a
-- code. Indexed as they are written, like a book's words (0072).

create index orders_name on orders using gin (search_words(buyer_name)) with (fastupdate = off);
create index orders_code_start on orders (code text_pattern_ops);
