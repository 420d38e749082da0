-- What people agreed to is never changed and never taken away, and of the register only what an erasure empties. Whoever has the file can
-- drop these as well; the signed checkpoints tell of that.
create trigger consent_text_unchanged before update of id, branch, language, number, text, created_at on consent_text
begin
    select raise(abort, 'a text of consent is never changed');
end;
create trigger consent_text_kept before delete on consent_text
begin
    select raise(abort, 'a text of consent is never deleted');
end;
create trigger consent_event_unchanged before update of branch, seq, at, text_id, commitment, hash on consent_event
begin
    select raise(abort, 'a row of the register of consent is never changed');
end;
create trigger consent_event_emptied before update of subscriber_id, sealed on consent_event
when new.subscriber_id is not null or new.sealed <> ''
begin
    select raise(abort, 'a row of the register of consent is emptied, and never changed');
end;
create trigger consent_event_kept before delete on consent_event
begin
    select raise(abort, 'a row of the register of consent is never deleted');
end;
-- How many rows say nothing any more.
create index consent_event_emptied_rows on consent_event (branch, seq) where subscriber_id is null;

-- Whose address a server does not know: HELD until it has taken another letter, for a server that refuses everybody says nothing of one; then
-- DUE, and null once he is struck off.
alter table newsletter_send add column strike text;
create index newsletter_send_strike on newsletter_send (strike, id) where strike is not null;
