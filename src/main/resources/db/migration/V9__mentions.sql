-- Where items come from, what was heard, in the order of its changes, and how far each reader of that log has come.

create table source (
    id              text primary key,
    branch          text not null,
    type            text not null,
    name            text not null,
    url             text,
    channel_id      text,
    state           text not null,
    cursor_value    text,
    attempts        integer not null,
    reason          text,
    next_at         bigint not null,
    last_success_at bigint,
    last_heard_at   bigint,
    churn           integer not null,
    created_at      bigint not null,
    version         bigint not null
);
create index source_due on source (state, next_at);
create index source_branch on source (branch, name);

create table source_gap (
    source_id text not null,
    from_at   bigint not null,
    to_at     bigint not null,
    primary key (source_id, from_at)
);

-- One row: the last number given. It is taken under the lock of its row, so that numbers are in the order of commits.
create table mention_seq (
    id    integer primary key,
    value bigint not null
);
insert into mention_seq (id, value) values (1, 0);

create table mention (
    id            text primary key,
    change_seq    bigint not null,
    revision      bigint not null,
    branch        text not null,
    source_id     text not null,
    native_id     text not null,
    kind          text not null,
    author_name   text,
    author_handle text,
    author_url    text,
    title         text,
    body          text not null,
    language      text,
    url           text,
    published_at  bigint,
    heard_at      bigint not null,
    tags          text not null,
    mentioned     text not null,
    links         text not null,
    about         text,
    media         integer not null,
    likes         bigint,
    reposts       bigint,
    replies       bigint,
    followers     bigint,
    history       integer not null,
    deleted_at    bigint,
    unique (source_id, native_id)
);
create unique index mention_change on mention (change_seq);
create index mention_heard on mention (branch, id);
create index mention_age on mention (heard_at) where deleted_at is null;
create index mention_of_source on mention (source_id, id);

create table log_reader (
    reader text primary key,
    seq    bigint not null
);
