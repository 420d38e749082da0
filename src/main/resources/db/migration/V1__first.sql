-- Instants are microseconds since 1970 (UTC); structured values are JSON. The statements run unchanged on SQLite and PostgreSQL.

create table meta (
    name  text primary key,
    value text not null
);

create table channel (
    id            text primary key,
    branch        text not null,
    name          text not null,
    network       text not null,
    settings      text not null,
    secrets       text not null,
    in_default    integer not null,
    created_at    bigint not null,
    removed_at    bigint,
    health_status text not null,
    health_reason text,
    health_account text,
    checked_at    bigint
);

create table account (
    channel_id      text primary key,
    held_reason     text,
    held_since      bigint,
    held_by         text,
    throttled_since bigint,
    throttled_until bigint
);

create table spend (
    channel_id text not null,
    month      text not null,
    micro_usd  bigint not null,
    primary key (channel_id, month)
);

create table session (
    channel_id text primary key,
    value      text not null,
    changed_at bigint not null
);

create table media (
    id         text primary key,
    branch     text not null,
    type       text not null,
    label      text not null,
    width      integer not null,
    height     integer not null,
    bytes      bigint not null,
    sha256     text not null,
    animated   integer not null,
    created_at bigint not null
);
create index media_sha256 on media (sha256);

create table post (
    id           text primary key,
    branch       text not null,
    author       text not null,
    text         text not null,
    language     text not null,
    variants     text not null,
    media        text not null,
    reply_to     text,
    campaign     text,
    allow_thread integer not null,
    numbering    integer not null,
    local_time   text,
    zone         text,
    created_at   bigint not null,
    version      bigint not null,
    deleted_at   bigint,
    corrects     text
);
create index post_page on post (branch, id);

create table post_media (
    post_id  text not null,
    media_id text not null,
    primary key (post_id, media_id)
);
create index post_media_media on post_media (media_id);

create table delivery (
    id               text primary key,
    post_id          text not null,
    branch           text not null,
    channel_id       text not null,
    network          text not null,
    sequence         bigint not null,
    state            text not null,
    in_line          integer not null,
    since            bigint not null,
    reason           text,
    next_action      text not null,
    next_at          bigint,
    version          bigint not null,
    due_at           bigint not null,
    expected_at      bigint not null,
    attempts         integer not null,
    first_attempt_at bigint,
    pending          text,
    freeze_override  text,
    for_channel      integer not null,
    text_hash        text not null
);
create index delivery_line on delivery (channel_id, in_line, due_at, sequence);
create index delivery_timed on delivery (state, next_at);
create index delivery_post on delivery (post_id);
create index delivery_page on delivery (branch, id);
create index delivery_text on delivery (channel_id, text_hash, due_at);
create index delivery_count on delivery (channel_id, state);

create table segment (
    delivery_id    text not null,
    position       integer not null,
    content        text not null,
    delivery_key   text not null,
    state          text not null,
    uploads        text not null,
    body           text,
    rendered_text  text,
    text_hash      text,
    parent_id      text,
    first_intent_at bigint,
    intent_at      bigint,
    channel_id     text not null,
    remote_id      text,
    url            text,
    published_at   bigint,
    details        text,
    primary key (delivery_id, position)
);
create unique index segment_remote on segment (channel_id, remote_id);

create table attempt (
    delivery_id text not null,
    number      integer not null,
    channel_id  text not null,
    segment     integer not null,
    started_at  bigint not null,
    ended_at    bigint,
    outcome     text not null,
    send        integer not null,
    http_status integer,
    reason      text,
    excerpt     text not null,
    cost        bigint not null,
    primary key (delivery_id, number)
);
create index attempt_sends on attempt (channel_id, send, started_at);

create table ledger (
    channel_id text primary key,
    branch     text not null,
    requested  bigint not null
);

create table removal (
    delivery_id text not null,
    position    integer not null,
    branch      text not null,
    channel_id  text not null,
    state       text not null,
    reason      text,
    attempts    integer not null,
    next_at     bigint,
    requested_at bigint not null,
    primary key (delivery_id, position)
);
create index removal_due on removal (state, next_at);

create table freeze (
    id         text primary key,
    branch     text not null,
    starts_at  bigint not null,
    ends_at    bigint,
    zone       text not null,
    channels   text not null,
    reason     text not null,
    ordered_by text not null,
    ended_at   bigint,
    end_reason text,
    version    bigint not null
);

create table notice (
    id           text primary key,
    branch       text not null,
    kind         text not null,
    subject      text not null,
    message      text not null,
    created_at   bigint not null,
    state        text not null,
    attempts     integer not null,
    next_at      bigint,
    acknowledged_at bigint
);
create index notice_due on notice (state, next_at);

create table campaign (
    id      text primary key,
    branch  text not null,
    body    text not null,
    version bigint not null
);

create table mention_entry (
    branch  text not null,
    name    text not null,
    body    text not null,
    version bigint not null,
    primary key (branch, name)
);

create table api_token (
    id         text primary key,
    branch     text not null,
    name       text not null,
    hash       text not null,
    scopes     text not null,
    created_at bigint not null,
    revoked_at bigint
);
create unique index api_token_hash on api_token (hash);

create table request_key (
    owner      text not null,
    request    text not null,
    key        text not null,
    body_hash  text not null,
    status     integer not null,
    response   text not null,
    created_at bigint not null,
    primary key (owner, key)
);
create index request_key_age on request_key (created_at);

create table audit (
    number  bigint primary key,
    at      bigint not null,
    branch  text not null,
    actor   text not null,
    action  text not null,
    subject text not null,
    detail  text not null,
    hash    text not null
);

create table feed_item (
    id           text primary key,
    branch       text not null,
    channel_id   text not null,
    delivery_key text not null,
    body         text not null,
    published_at bigint not null,
    changed_at   bigint not null,
    withdrawn_at bigint,
    version      bigint not null
);
create unique index feed_item_key on feed_item (channel_id, delivery_key);
create index feed_item_page on feed_item (branch, published_at);

create table feed_tag (
    branch  text not null,
    tag     text not null,
    item_id text not null,
    primary key (branch, tag, item_id)
);

create table feed_ping (
    topic    text primary key,
    attempts integer not null,
    first_at bigint not null,
    next_at  bigint not null,
    version  bigint not null
);
create index feed_ping_due on feed_ping (next_at);

create table rehearsal_item (
    id           text primary key,
    branch       text not null,
    channel_id   text not null,
    delivery_key text not null,
    body         text not null,
    published_at bigint not null,
    withdrawn_at bigint
);
create unique index rehearsal_item_key on rehearsal_item (channel_id, delivery_key);
create index rehearsal_item_page on rehearsal_item (branch, id);
