-- Who wrote what is found by the names of authors, and who is named by others by the handles: a log of millions is not read for one person.
create index mention_handle on mention (branch, ltrim(lower(author_handle), '@')) where author_handle is not null;
create index mention_profile on mention (branch, lower(author_url)) where author_url is not null;
-- What a database cannot write as an address or handle is written here, or may have been: few, which are looked at one by one.
create index mention_odd_author on mention (branch, id) where
    author_handle glob '*[^!-~]*' or author_url glob '*[^!-~]*' or instr(author_url, '%') > 0
    or not (lower(author_url) glob 'http://*' or lower(author_url) glob 'https://*')
    or substr(author_url, 9, instr(substr(author_url, 9) || '/', '/') - 1) glob '*[@:]*';
create index mention_naming on mention (branch, mentioned) where mentioned <> '[]' and deleted_at is null;
