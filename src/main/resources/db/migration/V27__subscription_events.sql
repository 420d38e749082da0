-- The program that follows what happens to subscribers: where it is told is sealed.
create table subscription_hook (
    branch       text primary key,
    sealed       text not null,
    with_address bigint not null,
    worked_at    bigint,
    failure      text,
    failing_at   bigint,
    told         bigint not null,
    version      bigint not null
);

-- What waits to be told to it. Whom it is about is sealed; a keyed hash keeps the events of one person in order, and finds them when he is
-- erased.
create table subscription_event (
    id       text primary key,
    branch   text not null,
    person   text not null,
    kind     text not null,
    at       bigint not null,
    sealed   text not null,
    attempts bigint not null,
    next_at  bigint not null
);
create index subscription_event_due on subscription_event (next_at);
create index subscription_event_person on subscription_event (person, id);

-- By what the audit trail calls a subscriber. The trail is chained and cannot be changed; this row goes with the person.
create table audit_alias (
    subscriber_id text primary key,
    alias         text not null
);
