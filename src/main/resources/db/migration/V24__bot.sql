-- The bot by which people sign up: where each talk stands, and the calls that wait. Accounts are known by a keyed hash, words are sealed.

create table bot_talk (
    branch      text not null,
    account_key text not null,
    sealed      text not null,
    at          bigint not null,
    primary key (branch, account_key)
);
create index bot_talk_at on bot_talk (at);

create table bot_reply (
    id       text primary key,
    branch   text not null,
    chat_key text not null,
    sealed   text not null,
    begun    bigint not null,
    attempts bigint not null,
    next_at  bigint not null
);
create index bot_reply_due on bot_reply (begun, next_at);
create index bot_reply_chat on bot_reply (chat_key, id);
