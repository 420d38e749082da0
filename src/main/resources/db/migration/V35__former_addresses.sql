-- Where a feed was read before its server told that it has moved for good: a list that still has the old address names the same feed.
create table source_former (
    url       text not null,
    source_id text not null,
    primary key (url, source_id)
);
