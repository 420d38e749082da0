-- Edits of what is published: the words and the exact request are kept from acceptance, and sent again unchanged until it is over.

create table revision (
    delivery_id     text not null,
    position        integer not null,
    number          integer not null,
    branch          text not null,
    channel_id      text not null,
    state           text not null,
    content         text not null,
    body            text not null,
    rendered_text   text not null,
    freeze_override text,
    reason          text,
    attempts        integer not null,
    next_at         bigint,
    requested_at    bigint not null,
    primary key (delivery_id, position, number)
);
create index revision_due on revision (state, next_at);
