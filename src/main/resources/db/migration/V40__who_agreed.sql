-- By whom a row of the register was said, as the keyed hash by which addresses and accounts are known: who left and came again has two
-- ids, and is one person. What was there before is filled at the next start, for the key is not in the database.
alter table consent_event add column who_key text;
create index consent_event_who on consent_event (branch, who_key) where who_key is not null;
-- What is still to be filled; empty soon, and for good.
create index consent_event_unnamed on consent_event (branch, seq) where who_key is null and sealed <> '';
