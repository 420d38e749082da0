-- When the question whether letters are still wanted was last put among what is to be sent. asked_at says when it was taken.

alter table subscriber add column asking_at bigint;

-- Until now asked_at was set before anything was sent. It stays where a mail surely went; who else was not erased yet is asked once more.
update subscriber set asking_at = asked_at where asked_at is not null;
update subscriber set asked_at = null where asked_at is not null and (reach <> 'MAIL' or not exists (select 1 from
    sign_up_mail m where m.subscriber_id = subscriber.id and m.kind = 'STILL' and m.state = 'SENT' and m.failure is null));

-- A newsletter that was stopped while its rows were made kept the id of the last who had one.
update newsletter set checkpoint = '' where state = 'STOPPED';
