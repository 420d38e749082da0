-- What an author has written for a channel that wants approval waits here; hash says what a manager has agreed to, null until he has.

create table approval (
    delivery_id text primary key,
    branch      text not null,
    asked_by    text not null,
    asked_at    bigint not null,
    hash        text,
    decided_by  text,
    decided_at  bigint
);
