-- On how many pages of a stamped copy the stamp was seen, where the host can draw them: drawn once, when
-- the file is sent. Null: not drawn (on Workers, before this, or a file without a stamp).

alter table file_stamps add column seen jsonb;
