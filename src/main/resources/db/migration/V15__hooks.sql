-- The secret addresses at which others hand items in, as hashes.

create table source_hook (
    source_id  text primary key,
    token_hash text not null unique,
    created_at bigint not null
);
