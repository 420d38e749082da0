-- People who signed up to the newsletter. Who they are is sealed; an address and a number of Telegram are found by their keyed hash.

create table subscriber (
    id           text primary key,
    branch       text not null,
    state        text not null,
    reach        text not null,
    language     text not null,
    sealed       text not null,
    address_key  text,
    telegram_key text,
    link         text,
    topics       text not null,
    created_at   bigint not null,
    confirmed_at bigint,
    ended_at     bigint,
    seen_at      bigint not null,
    asked_at     bigint,
    version      bigint not null
);
create unique index subscriber_address on subscriber (branch, address_key) where address_key is not null;
create unique index subscriber_telegram on subscriber (branch, telegram_key) where telegram_key is not null;
create index subscriber_state on subscriber (branch, state, id);
create index subscriber_seen on subscriber (state, seen_at);

-- The same once more, to ask for; their ids stand in the row as well.
create table subscriber_topic (
    subscriber_id text not null,
    topic_id      text not null,
    primary key (subscriber_id, topic_id)
);

-- What one can choose among.
create table topic (
    id         text primary key,
    branch     text not null,
    name_en    text not null,
    name_fr    text not null,
    created_at bigint not null,
    retired_at bigint
);

-- What people agreed to, word for word; a text that somebody agreed to is never changed.
create table consent_text (
    id         text primary key,
    branch     text not null,
    language   text not null,
    number     bigint not null,
    text       text not null,
    created_at bigint not null
);
create unique index consent_text_number on consent_text (branch, language, number);

-- The register of consent. What a row says is sealed and salted; its commitment stays when a person is erased, so that the chain still
-- holds.
create table consent_event (
    branch        text not null,
    seq           bigint not null,
    at            bigint not null,
    subscriber_id text,
    text_id       text,
    sealed        text not null,
    commitment    text not null,
    hash          text not null,
    primary key (branch, seq)
);
create index consent_event_subscriber on consent_event (subscriber_id) where subscriber_id is not null;

-- Links and codes on leaflets, at events, in posts.
create table sign_up_link (
    code       text primary key,
    branch     text not null,
    name       text not null,
    post_id    text,
    campaign   text,
    created_at bigint not null,
    retired_at bigint
);

-- What is sent to a person by mail about his own sign-up: with a token that works once, of which the hash is kept once it was sent.
create table sign_up_mail (
    id            text primary key,
    branch        text not null,
    subscriber_id text not null,
    kind          text not null,
    language      text not null,
    token_hash    text,
    sealed        text not null,
    state         text not null,
    attempts      bigint not null,
    next_at       bigint,
    expires_at    bigint not null,
    used_at       bigint,
    failure       text,
    created_at    bigint not null
);
create unique index sign_up_mail_token on sign_up_mail (token_hash) where token_hash is not null;
create index sign_up_mail_due on sign_up_mail (state, next_at);
create index sign_up_mail_subscriber on sign_up_mail (subscriber_id);

-- How often an address or an account asked, by keyed hash: nobody is flooded in another's name.
create table sign_up_try (
    id   text primary key,
    who  text not null,
    at   bigint not null
);
create index sign_up_try_who on sign_up_try (who, at);
create index sign_up_try_at on sign_up_try (at);

-- Addresses that are written to no more, by keyed hash.
create table suppression (
    branch      text not null,
    address_key text not null,
    reason      text not null,
    since       bigint not null,
    primary key (branch, address_key)
);

-- Who answers for the newsletter, and its bot.
create table sign_up (
    branch   text primary key,
    settings text not null,
    bot      text not null,
    version  bigint not null
);
