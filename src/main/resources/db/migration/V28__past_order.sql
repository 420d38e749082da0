-- Which watch looks into the past next: with thousands of new watches, each step read them all.
create index watch_past_next on watch_past (read, watch_id);
