-- What the team is writing, until it is sent or thrown away; content is the form as JSON. Images of a draft are not swept.

create table draft (
    id         text primary key,
    branch     text not null,
    content    text not null,
    form       text not null,
    changed_by text not null,
    created_at bigint not null,
    changed_at bigint not null,
    version    bigint not null
);
create index draft_changed on draft (branch, changed_at);

create table draft_media (
    draft_id text not null references draft (id),
    media_id text not null references media (id),
    primary key (draft_id, media_id)
);
create index draft_media_media on draft_media (media_id);

-- So that the timeline can mark what was given other words.
alter table rehearsal_item add column edited_at bigint;
