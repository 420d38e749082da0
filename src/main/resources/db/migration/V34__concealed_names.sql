-- Rows without words whose name is still the one their source gave them; they are few, and soon none.
create index mention_bare on mention (id) where deleted_at is not null and substr(native_id, 1, 7) <> 'erased:';
