-- Times in which a watch heard much more than usual, or nothing. expected is in thousandths of a story, window_s in seconds; dead names the
-- sources that did not answer.

create table watch_episode (
    watch_id   text not null,
    number     bigint not null,
    branch     text not null,
    kind       text not null,
    began_at   bigint not null,
    last_seen  bigint not null,
    ended_at   bigint,
    stories    bigint not null,
    authors    bigint not null,
    expected   bigint not null,
    window_s   bigint not null,
    mention_id text not null,
    dead       text not null,
    primary key (watch_id, number)
);
create index watch_episode_ended on watch_episode (ended_at);

-- What came lately, of all watches.
create index watch_hit_time on watch_hit (at);

-- Which posts answer what was heard.
create table mention_reply (
    mention_id text not null,
    post_id    text not null,
    branch     text not null,
    created_at bigint not null,
    primary key (mention_id, post_id)
);
