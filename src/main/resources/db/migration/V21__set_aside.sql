-- Mentions that could not be matched or indexed: each is passed over alone, and what follows is read.

create table set_aside (
    mention_id text not null,
    step       text not null,
    source_id  text not null,
    branch     text not null,
    reason     text not null,
    at         bigint not null,
    primary key (mention_id, step)
);
create index set_aside_source on set_aside (source_id, at);

-- An author who is gone takes with him all that he wrote.
create index mention_author on mention (author_url) where author_url is not null;
