-- What a source of a network listens for, and what its readings may cost.

alter table source add column query text;
alter table source add column ceiling_micro_usd bigint;

create table source_spend (
    source_id text not null,
    month     text not null,
    micro_usd bigint not null,
    primary key (source_id, month)
);

-- How far was taken what a network keeps for a bot until it is confirmed.
create table inbox (
    id          text primary key,
    next_number bigint not null,
    taken_at    bigint not null
);
