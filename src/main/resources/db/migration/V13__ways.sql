-- Whom alerts and notices reach, by which ways, and what is under way to them.

create table recipient (
    id            text primary key,
    branch        text not null,
    name          text not null,
    user_id       text,
    language      text not null,
    zone          text not null,
    quiet_from    text,
    quiet_to      text,
    hourly_budget integer not null,
    notices       text not null,
    next_id       text,
    created_at    bigint not null,
    version       bigint not null
);
create index recipient_branch on recipient (branch, name);

create table way (
    id              text primary key,
    recipient_id    text not null,
    kind            text not null,
    settings        text not null,
    secrets         text not null,
    created_at      bigint not null,
    last_success_at bigint,
    last_failure_at bigint,
    failure         text
);
create index way_recipient on way (recipient_id, id);

-- How a watch rings; where there is no row it rings for the team, at once.
create table watch_ringing (
    watch_id       text primary key,
    recipients     text not null,
    mode           text not null,
    at_count       integer not null,
    urgent         integer not null,
    escalate_after bigint not null,
    muted          integer not null,
    snoozed_until  bigint
);

alter table alert add column urgent integer not null default 0;
alter table alert add column quiet text;
alter table alert add column escalate_at bigint;
alter table alert add column escalated_from text;
alter table alert add column assignee text;
alter table alert add column answered_at bigint;
alter table alert add column answered_by text;
alter table alert add column answer_url text;
create index alert_escalation on alert (escalate_at);

-- What a recipient is to be told: it waits for its time, then it goes alone or in a digest.
create table telling (
    id           text primary key,
    branch       text not null,
    recipient_id text not null,
    kind         text not null,
    subject      text not null,
    watch_id     text,
    urgent       integer not null,
    together     integer not null,
    state        text not null,
    due_at       bigint,
    digest_id    text,
    created_at   bigint not null,
    unique (recipient_id, kind, subject)
);
create index telling_due on telling (state, due_at);
create index telling_digest on telling (digest_id);

-- One text on one way; its id is what a receiver knows a repeat by.
create table dispatch (
    id           text primary key,
    branch       text not null,
    recipient_id text not null,
    way_id       text not null,
    kind         text not null,
    subject      text not null,
    state        text not null,
    attempts     integer not null,
    next_at      bigint,
    created_at   bigint not null,
    ended_at     bigint,
    failure      text,
    unique (way_id, kind, subject)
);
create index dispatch_due on dispatch (state, next_at);
create index dispatch_recipient on dispatch (recipient_id, created_at);

create table mail_day (
    day  text primary key,
    sent integer not null
);

-- Codes that link a chat of Telegram with a recipient; each works once.
create table telegram_link (
    hash         text primary key,
    recipient_id text not null,
    expires_at   bigint not null
);
