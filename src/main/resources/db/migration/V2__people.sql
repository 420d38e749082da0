-- People who sign in to the desk, their sessions, and links that work once. Tokens and ids of sessions are kept as hashes only.

create table app_user (
    id          text primary key,
    branch      text not null,
    login       text not null,
    name        text not null,
    role        text not null,
    password    text,
    totp_key    text,
    totp_step   bigint not null,
    recovery    text not null,
    language    text not null,
    created_at  bigint not null,
    disabled_at bigint,
    version     bigint not null
);
create unique index app_user_login on app_user (login);

create table web_session (
    hash       text primary key,
    user_id    text not null references app_user (id),
    complete   integer not null,
    created_at bigint not null,
    seen_at    bigint not null,
    about      text not null
);
create index web_session_user on web_session (user_id);

create table one_time_link (
    hash       text primary key,
    purpose    text not null,
    branch     text not null,
    user_id    text references app_user (id),
    created_at bigint not null,
    expires_at bigint not null
);
