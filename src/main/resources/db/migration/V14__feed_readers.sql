-- Who has read the feeds on a day, as numbers that lead back to nobody: the key under which they were made goes with its day.

create table feed_reader_day (
    day    text primary key,
    secret text not null
);

create table feed_reader (
    day     text not null,
    reader  text not null,
    readers bigint not null,
    primary key (day, reader)
);
