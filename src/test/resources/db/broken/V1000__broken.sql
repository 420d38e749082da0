create table later (id text primary key);
insert into nowhere values (1);
