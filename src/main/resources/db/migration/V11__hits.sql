-- What each watch has matched, whether it rang or not: for search, spikes and share of voice. seq is of the log's numbers (mention_seq), so
-- that who follows the log learns of a row that was written after its mention was read.

create table watch_hit (
    watch_id      text not null,
    mention_id    text not null,
    branch        text not null,
    story_id      text not null,
    watch_version bigint not null,
    history       integer not null,
    at            bigint not null,
    seq           bigint not null,
    primary key (watch_id, mention_id)
);
create index watch_hit_at on watch_hit (watch_id, at);
create index watch_hit_mention on watch_hit (mention_id);
create index watch_hit_seq on watch_hit (seq);

-- Watches whose past is being looked through, newest first, with how far that has come.
create table watch_past (
    watch_id text primary key,
    reached  text not null,
    read     bigint not null
);

-- Watches that are there already have a past as well.
insert into watch_past (watch_id, reached, read) select id, '', 0 from watch where enabled = 1;
