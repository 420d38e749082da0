-- What has stopped, which every page of the desk counts: of a long history only this is read.
create index delivery_stopped on delivery (branch, state) where state in ('UNKNOWN', 'HELD', 'REFUSED', 'EXHAUSTED');
