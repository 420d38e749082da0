-- How many of those whom a link brought were erased since they confirmed: a number, so that what a link brought stays true without them.
alter table sign_up_link add column erased bigint not null default 0;
create index sign_up_link_post on sign_up_link (branch, post_id) where post_id is not null;
create index sign_up_link_campaign on sign_up_link (branch, campaign) where campaign is not null;
create index subscriber_link on subscriber (branch, link, id) where link is not null;

-- A list of some of the subscribers reads those alone, in the order of its pages.
create index subscriber_branch on subscriber (branch, id);
create index subscriber_language on subscriber (branch, language, id);
create index subscriber_language_state on subscriber (branch, language, state, id);
create index subscriber_everything on subscriber (branch, id) where topics = '';
create index subscriber_topic_of on subscriber_topic (topic_id, subscriber_id);

-- Letters that came back, or that no server took: of whom, what was said, and what was done. Whoever is erased is taken out.
create table bounce (
    id            text primary key,
    branch        text not null,
    newsletter_id text not null,
    send_id       text not null,
    subscriber_id text,
    reach         text not null,
    at            bigint not null,
    kind          text not null,
    status        text not null,
    done          text not null
);
create unique index bounce_once on bounce (send_id, kind);
create index bounce_branch on bounce (branch, id);
create index bounce_newsletter on bounce (newsletter_id, id);
create index bounce_subscriber on bounce (subscriber_id) where subscriber_id is not null;

-- What people asked for by right (GDPR, articles 15 to 21): what, by which way, until when, and what was done. Whoever is erased is taken out.
create table person_request (
    id            text primary key,
    branch        text not null,
    subscriber_id text,
    kind          text not null,
    door          text not null,
    at            bigint not null,
    due_at        bigint not null,
    done_at       bigint,
    done_by       text not null,
    note          text not null
);
create index person_request_branch on person_request (branch, id);
create index person_request_open on person_request (branch, due_at) where done_at is null;
create index person_request_subscriber on person_request (subscriber_id, kind) where subscriber_id is not null;

-- Who answered for the newsletter and what it was for when a text of consent was written: once that is another, people agree to what is not so.
alter table consent_text add column told text;
create trigger consent_text_told before update of told on consent_text
when old.told is not null
begin
    select raise(abort, 'what was told beside a text of consent is never changed');
end;
