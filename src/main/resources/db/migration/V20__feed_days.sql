-- How far a day of the feeds' readers was watched: a day that was not watched whole has no figure.

alter table feed_reader_day add column watched_until text;
alter table feed_reader_day add column missed bigint not null default 0;
