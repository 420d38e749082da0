-- How people answer what was published: for each published delivery when its network is asked next, and what it has said, kept for good.
-- A number that a network does not tell is null.

create table engagement (
    delivery_id  text primary key,
    post_id      text not null,
    branch       text not null,
    channel_id   text not null,
    remote_id    text not null,
    published_at bigint not null,
    attempts     integer not null,
    reason       text,
    next_at      bigint,
    gone_at      bigint,
    version      bigint not null
);
create index engagement_next on engagement (next_at);
create index engagement_channel on engagement (channel_id, next_at);
create index engagement_post on engagement (post_id);
create index engagement_published on engagement (branch, published_at);

create table engagement_reading (
    delivery_id text not null,
    taken_at    bigint not null,
    channel_id  text not null,
    likes       bigint,
    reposts     bigint,
    replies     bigint,
    quotes      bigint,
    views       bigint,
    primary key (delivery_id, taken_at)
);

-- Finds what has been published of late without a look at all that ever was; other states cost nothing.
create index delivery_published on delivery (since) where state = 'PUBLISHED';
