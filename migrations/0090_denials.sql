-- A provider that lets none of our calls in: because our address is not on its list, or because it
-- does not know our keys. The seller is told once for each time that it lasts.

alter table provider_outages
  add column denial text check (denial in ('address', 'keys')),
  -- Our address, as the provider's front tells it.
  add column seen_as text check (length(seen_as) <= 45);

alter table messages
  drop constraint messages_kind_check,
  add constraint messages_kind_check
    check (
      kind in (
        'receipt', 'review', 'double', 'case', 'damaged', 'back', 'edition', 'books', 'address', 'keys'
      )
    );
