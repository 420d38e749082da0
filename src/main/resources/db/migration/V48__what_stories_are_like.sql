-- What is nearly the same is looked for in memory: one row holds by what the words of a story are compared, in place of a dozen names of it. Those names
-- were kept for three days; what was told before and is told again in nearly the same words within that time becomes a story of its own once.
delete from story_key where name like 'sim:%' or name like 'head:%';

create table story_like (
    -- Never given twice: what is in memory is known by it.
    id       integer primary key autoincrement,
    branch   text not null,
    traits   text not null,
    story_id text not null,
    last_at  bigint not null
);

-- An erasure takes a story out by its id.
create index story_like_story on story_like (story_id);
