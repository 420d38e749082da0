-- Followers of each channel, one figure for a day of the organisation's zone, kept for good; when each channel is asked; and what people
-- note beside the figures. Days are ISO 8601 texts, which sort as they follow each other.

create table audience_snapshot (
    channel_id text not null,
    day        text not null,
    branch     text not null,
    taken_at   bigint not null,
    followers  bigint not null,
    origin     text not null,
    primary key (channel_id, day)
);
create index audience_snapshot_day on audience_snapshot (branch, day);

create table audience_due (
    channel_id text primary key,
    branch     text not null,
    attempts   integer not null,
    reason     text,
    next_at    bigint not null,
    version    bigint not null
);
create index audience_due_next on audience_due (next_at);

create table audience_annotation (
    id         text primary key,
    branch     text not null,
    day        text not null,
    kind       text not null,
    body       text not null,
    created_at bigint not null,
    version    bigint not null
);
create index audience_annotation_day on audience_annotation (branch, day);
