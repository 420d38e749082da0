-- Which watch looks into the past next: with thousands of new watches, each step read them all.
create index watch_past_next on watch_past (read, watch_id);

-- Each alert that is taken or emptied looks for its notices; they are kept as long as what was heard.
create index notice_subject on notice (subject, kind);
create index notice_kind_age on notice (kind, created_at);

-- Who wrote something is looked for in one branch.
drop index mention_author;
create index mention_author on mention (branch, author_url) where author_url is not null;

-- An erasure takes a story out by its id.
create index story_key_story on story_key (story_id);

-- Alerts that wait for somebody; the others are kept for long.
create index alert_open on alert (branch, id) where acknowledged_at is null;
