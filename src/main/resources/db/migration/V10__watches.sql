-- Watched words with every version of them, stories that several mentions tell, and the alerts that were raised.

create table watch (
    id         text primary key,
    branch     text not null,
    name       text not null,
    query      text not null,
    enabled    integer not null,
    why        text,
    since      bigint not null,
    created_at bigint not null,
    version    bigint not null
);
create index watch_branch on watch (branch, name);

create table watch_version (
    watch_id text not null,
    version  bigint not null,
    query    text not null,
    saved_at bigint not null,
    saved_by text not null,
    primary key (watch_id, version)
);

-- By what a story is known: an address, or the words; each names the story that was told with it last.
create table story_key (
    branch   text not null,
    name     text not null,
    story_id text not null,
    last_at  bigint not null,
    primary key (branch, name)
);
create index story_key_age on story_key (last_at);

create table alert (
    id              text primary key,
    branch          text not null,
    watch_id        text not null,
    watch_version   bigint not null,
    mention_id      text not null,
    story_id        text not null,
    recipient_id    text not null,
    episode         bigint not null,
    matches         text not null,
    more            bigint not null,
    created_at      bigint not null,
    acknowledged_at bigint,
    acknowledged_by text,
    version         bigint not null,
    unique (watch_id, story_id, recipient_id, episode)
);
create index alert_branch on alert (branch, id);
create index alert_of_mention on alert (mention_id);
