-- The calendar asks for a span of time; what is late is among the few rows in line.

create index delivery_calendar on delivery (branch, due_at);
create index delivery_overdue on delivery (branch, expected_at) where in_line = 1;

-- Weekly times of a channel, in the organisation's zone; weekday 1 is Monday.
create table slot (
    id         text primary key,
    branch     text not null,
    channel_id text not null,
    weekday    integer not null,
    local_time text not null
);
create unique index slot_time on slot (branch, channel_id, weekday, local_time);
create index delivery_slot on delivery (channel_id, due_at);

-- Rows of tables that were brought in, by what they say and how often the table says it: the same is not brought in twice.
create table imported (
    branch  text not null,
    hash    text not null,
    nth     integer not null,
    post_id text not null,
    primary key (branch, hash, nth)
);
