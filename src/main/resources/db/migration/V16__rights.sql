-- The rights of people whose words are heard. An author is known here only by a keyed hash.

create table erasure (
    id         text primary key,
    branch     text not null,
    author_key text not null,
    until_at   bigint not null,
    asked_by   text not null,
    state      text not null,
    reached    text not null,
    erased     bigint not null,
    seq        bigint not null,
    done_at    bigint,
    version    bigint not null
);
create index erasure_branch on erasure (branch, id);

-- Those who object to being heard.
create table opt_out (
    branch     text not null,
    author_key text not null,
    since      bigint not null,
    added_by   text not null,
    primary key (branch, author_key)
);

-- What people wrote in the form of the public notice, sealed; empty some time after it was decided.
create table objection (
    id         text primary key,
    branch     text not null,
    sealed     text not null,
    created_at bigint not null,
    state      text not null,
    decided_at bigint,
    decided_by text,
    version    bigint not null
);
create index objection_branch on objection (branch, id);

-- What is kept as evidence, apart from what was heard. Words and author are sealed.
create table hold (
    id         text primary key,
    branch     text not null,
    mention_id text not null,
    story_id   text,
    reason     text not null,
    placed_by  text not null,
    placed_at  bigint not null,
    ends_at    bigint not null,
    sealed     text not null,
    ended_at   bigint,
    version    bigint not null
);
create index hold_branch on hold (branch, id);
create index hold_end on hold (ends_at) where ended_at is null;

-- A story is put on hold as a whole.
create index watch_hit_story on watch_hit (story_id);
