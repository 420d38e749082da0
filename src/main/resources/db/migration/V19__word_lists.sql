-- Words that several watches share, by the name that watches write in braces.

create table word_list (
    id         text primary key,
    branch     text not null,
    name       text not null,
    entries    text not null,
    changed_at bigint not null,
    version    bigint not null,
    unique (branch, name)
);
