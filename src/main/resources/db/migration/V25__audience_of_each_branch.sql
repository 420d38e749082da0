-- What is followed without being a channel (the newsletter) has the same name in every branch: figures are of a branch and a name.

alter table audience_snapshot rename to audience_snapshot_before;
drop index audience_snapshot_day;
create table audience_snapshot (
    channel_id text not null,
    day        text not null,
    branch     text not null,
    taken_at   bigint not null,
    followers  bigint not null,
    origin     text not null,
    primary key (branch, channel_id, day)
);
insert into audience_snapshot select channel_id, day, branch, taken_at, followers, origin from audience_snapshot_before;
drop table audience_snapshot_before;
create index audience_snapshot_day on audience_snapshot (branch, day);

alter table audience_due rename to audience_due_before;
drop index audience_due_next;
create table audience_due (
    channel_id text not null,
    branch     text not null,
    attempts   integer not null,
    reason     text,
    next_at    bigint not null,
    version    bigint not null,
    primary key (branch, channel_id)
);
insert into audience_due select channel_id, branch, attempts, reason, next_at, version from audience_due_before;
drop table audience_due_before;
create index audience_due_next on audience_due (next_at);

-- How many posts of a branch are planned is looked up for each that is added to them.
create index delivery_planned on delivery (branch, post_id) where state in ('SCHEDULED', 'HELD');
