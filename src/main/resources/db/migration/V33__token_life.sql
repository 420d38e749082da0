-- Who made a token, when it ends by itself, and whether anything still uses it.
alter table api_token add column created_by text;
alter table api_token add column expires_at bigint;
alter table api_token add column used_at bigint;
