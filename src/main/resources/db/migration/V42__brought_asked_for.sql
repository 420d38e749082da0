-- How many of those whom a link brought were erased since they confirmed: a number, so that what a link brought stays true without them.
alter table sign_up_link add column erased bigint not null default 0;
create index sign_up_link_post on sign_up_link (branch, post_id) where post_id is not null;
create index sign_up_link_campaign on sign_up_link (branch, campaign) where campaign is not null;
create index subscriber_link on subscriber (branch, link, id) where link is not null;
