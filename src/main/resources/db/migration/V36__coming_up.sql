-- What is coming up, the soonest first: of a long history only this is read.
create index delivery_coming on delivery (branch, coalesce(next_at, due_at), id)
    where next_action <> 'PERSON' and state in ('SCHEDULED', 'DUE', 'PREPARING', 'SENDING', 'WAITING', 'UNKNOWN');
