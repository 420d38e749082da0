-- Newsletters: what is written once, and a row for each person to whom it goes.

create table newsletter (
    id            text primary key,
    branch        text not null,
    state         text not null,
    main_language text not null,
    texts         text not null,
    segment       text not null,
    send_at       bigint,
    zone          text not null,
    also_post     bigint not null,
    reason        text,
    prepared      bigint not null,
    checkpoint    text not null,
    created_by    text not null,
    created_at    bigint not null,
    started_at    bigint,
    ended_at      bigint,
    version       bigint not null
);
create index newsletter_branch on newsletter (branch, id);
create index newsletter_state on newsletter (state, send_at);

-- One for each recipient, made before anything is sent. Who he is stands with the subscriber only.
create table newsletter_send (
    id            text primary key,
    newsletter_id text not null,
    subscriber_id text not null,
    reach         text not null,
    state         text not null,
    attempts      bigint not null,
    first_at      bigint,
    next_at       bigint,
    reason        text,
    changed_at    bigint not null
);
create unique index newsletter_send_once on newsletter_send (newsletter_id, subscriber_id);
create index newsletter_send_due on newsletter_send (newsletter_id, state, reach, next_at);
create index newsletter_send_subscriber on newsletter_send (subscriber_id);
create index newsletter_send_begun on newsletter_send (id) where state = 'SENDING';

-- A way out, and when it may be used next: its rate, and how long a server asked to wait.
create table letter_line (
    name     text primary key,
    next_at  bigint not null,
    failures bigint not null,
    refusals bigint not null,
    reason   text
);

-- How many letters of newsletters left on a day.
create table letter_day (
    day  text primary key,
    sent bigint not null
);
