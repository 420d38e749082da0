-- What a watch counts as heard before it was saved is told by the order of the log: a clock that was ahead, and is put right, says nothing then.
alter table mention add column first_seq bigint not null default 0;
alter table watch add column since_seq bigint not null default 0;

-- Until now the times told it. Numbers in their order are as many as there are mentions, each of which has had a number of the log of its own.
update mention set first_seq = placed.place from
    (select id, row_number() over (order by heard_at, id) as place from mention) as placed where placed.id = mention.id;
update watch set since_seq = (select count(*) from mention where mention.heard_at < watch.since);

-- Whether an alert waited for an answer when its watch was muted: it does so again when the watch has its voice back.
alter table alert add column awaited integer not null default 0;

-- Who was taken off the list of those who object, and the line that says so beside the database is not known to be on the disk yet.
create table opt_in (
    id         text not null,
    branch     text not null,
    author_key text not null,
    at         bigint not null,
    primary key (id)
);
