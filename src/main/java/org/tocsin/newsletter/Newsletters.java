package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.MailAddress;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.Newsletter.State;
import org.tocsin.newsletter.Newsletter.Text;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Schedule;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber.Reach;

/** What people do with newsletters: whoever may post writes them, whoever may manage sends them. */
public final class Newsletters {
    private static final Duration FARTHEST = Duration.ofDays(366);
    private static final int UNKNOWNS = 200;

    private final NewsletterStores stores;
    private final LetterComposer composer;
    private final LetterBox box;
    private final TelegramLetters bots;
    private final LetterQuota quota;
    private final Drafting drafting;
    private final AuditTrail audit;
    private final ZoneId zone;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup preparing;
    private final Wakeup sending;

    /**
     * @param zone      of times without one
     * @param preparing rung when a newsletter may begin or end
     * @param sending   rung when there may be something to send
     */
    public Newsletters(
            NewsletterStores stores,
            LetterComposer composer,
            LetterBox box,
            TelegramLetters bots,
            LetterQuota quota,
            AuditTrail audit,
            ZoneId zone,
            Ids ids,
            Clock clock,
            Wakeup preparing,
            Wakeup sending) {
        this.stores = stores;
        this.composer = composer;
        this.box = box;
        this.bots = bots;
        this.quota = quota;
        this.drafting = new Drafting(composer);
        this.audit = audit;
        this.zone = zone;
        this.ids = ids;
        this.clock = clock;
        this.preparing = preparing;
        this.sending = sending;
    }

    /**
     * What is to be saved.
     *
     * @param texts   by language
     * @param version of the one that is changed, as it was seen; null for a new one
     */
    public record Wanted(
            Map<String, Text> texts,
            String mainLanguage,
            Segment segment,
            boolean alsoPost,
            @Nullable Long version) {}

    /**
     * A newsletter and how far it is.
     *
     * @param counts  of its recipients by state
     * @param waiting why its letters wait, by way; empty where they do not
     */
    public record Seen(Newsletter newsletter, Map<NewsletterSend.State, Long> counts, Map<Reach, Message> waiting) {
        /** @return how many are in that state */
        public long count(NewsletterSend.State state) {
            return counts.getOrDefault(state, 0L);
        }
    }

    /**
     * A letter as its readers see it.
     *
     * @param html of the whole letter
     * @param bare HTML of the words alone, without styles
     */
    public record Preview(String subject, String html, String bare, String text) {}

    /**
     * @param after id where the page begins; empty for the newest
     * @return the newest first
     */
    public List<Seen> page(Actor actor, String after, int max) {
        Map<Reach, Message> shut = shut(actor);
        return stores.unitOfWork()
                .read(tx -> stores.newsletters().page(tx, actor.branch(), after, max).stream()
                        .map(one -> seen(tx, one, shut))
                        .toList());
    }

    /** @throws FaultException NOT_FOUND */
    public Seen find(Actor actor, String id) {
        Map<Reach, Message> shut = shut(actor);
        return stores.unitOfWork().read(tx -> seen(tx, require(tx, actor, id), shut));
    }

    /** @return what anybody may read: it goes out, or has gone out */
    public Optional<Newsletter> published(String id) {
        return stores.unitOfWork().read(tx -> stores.newsletters().find(tx, id)).filter(one -> one.isPublic());
    }

    /** @return the ways by which nothing can leave, with why; asked before, for it reads as well */
    private Map<Reach, Message> shut(Actor actor) {
        return Outlets.shut(box, bots, actor.branch());
    }

    private Seen seen(Tx tx, Newsletter newsletter, Map<Reach, Message> shut) {
        Map<Reach, Message> waiting = new EnumMap<>(Reach.class);
        if (newsletter.state() == State.SENDING) {
            for (Reach reach : Reach.values()) {
                LetterLine line = stores.lines().line(tx, Intents.lineOf(newsletter, reach));
                Message why = shut.getOrDefault(reach, line.reason());
                if (why != null
                        && stores.sends().nextAt(tx, newsletter.id(), reach).isPresent()) {
                    waiting.put(reach, why);
                }
            }
        }
        return new Seen(newsletter, stores.sends().counts(tx, newsletter.id()), waiting);
    }

    private Newsletter require(Tx tx, Actor actor, String id) {
        return stores.newsletters()
                .find(tx, id)
                .filter(one -> one.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("newsletter", id));
    }

    /** @throws FaultException INVALID with every fault */
    public Newsletter create(Actor actor, Wanted wanted) {
        actor.require(Scope.POST);
        Map<String, Text> texts = drafting.texts(wanted.texts(), wanted.mainLanguage());
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Newsletter created = new Newsletter(
                    ids.next(),
                    actor.branch(),
                    State.DRAFT,
                    wanted.mainLanguage(),
                    texts,
                    wanted.segment(),
                    null,
                    zone.getId(),
                    wanted.alsoPost(),
                    null,
                    false,
                    "",
                    actor.user(),
                    clock.instant(),
                    null,
                    null,
                    1);
            stores.newsletters().insert(tx, created);
            audit.add(tx, actor, "newsletter.create", created.id(), title(created));
            return created;
        });
    }

    /** @throws FaultException INVALID; NOT_FOUND; CONFLICT when it was changed meanwhile, or is no draft any more */
    public Newsletter change(Actor actor, String id, Wanted wanted) {
        actor.require(Scope.POST);
        Map<String, Text> texts = drafting.texts(wanted.texts(), wanted.mainLanguage());
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Newsletter before = require(tx, actor, id);
            in(before, State.DRAFT);
            version(before, wanted.version());
            Newsletter after = new Newsletter(
                    id,
                    before.branch(),
                    State.DRAFT,
                    wanted.mainLanguage(),
                    texts,
                    wanted.segment(),
                    null,
                    before.zone(),
                    wanted.alsoPost(),
                    null,
                    false,
                    "",
                    before.by(),
                    before.createdAt(),
                    null,
                    null,
                    before.version() + 1);
            stores.newsletters().save(tx, after);
            audit.add(tx, actor, "newsletter.change", id, title(after));
            return after;
        });
    }

    private static void version(Newsletter before, @Nullable Long seen) {
        if (seen == null || seen != before.version()) {
            throw FaultException.conflict(Message.of("newsletter.changed", "version", before.version()));
        }
    }

    private static void in(Newsletter newsletter, State... states) {
        if (!Set.of(states).contains(newsletter.state())) {
            throw FaultException.conflict(Message.of("newsletter.state", "state", newsletter.state()));
        }
    }

    private static String title(Newsletter newsletter) {
        Text main = newsletter.texts().get(newsletter.mainLanguage());
        return main == null
                ? newsletter.texts().values().stream()
                        .map(Text::subject)
                        .findFirst()
                        .orElse("")
                : main.subject();
    }

    /** @return as a reader of that language sees it, with links that lead nowhere of his own */
    public Preview preview(Actor actor, String id, String language) {
        return preview(find(actor, id).newsletter(), language);
    }

    /** @return what is not kept yet, as its readers will see it */
    public Preview preview(Actor actor, Wanted wanted, String language) {
        actor.require(Scope.POST);
        Map<String, Text> texts = drafting.texts(wanted.texts(), wanted.mainLanguage());
        if (texts.isEmpty()) {
            throw FaultException.invalid("/texts", Message.of("newsletter.body.missing"));
        }
        return preview(
                new Newsletter(
                        "preview",
                        actor.branch(),
                        State.DRAFT,
                        texts.containsKey(wanted.mainLanguage())
                                ? wanted.mainLanguage()
                                : texts.keySet().iterator().next(),
                        texts,
                        wanted.segment(),
                        null,
                        zone.getId(),
                        false,
                        null,
                        false,
                        "",
                        actor.user(),
                        clock.instant(),
                        null,
                        null,
                        1),
                language);
    }

    private Preview preview(Newsletter newsletter, String wanted) {
        Drafting.complete(newsletter);
        String language = newsletter.language(wanted);
        var letter = composer.trial(newsletter, "preview", "preview@example.org", language, clock.instant());
        return new Preview(
                letter.subject(),
                String.valueOf(letter.html()),
                composer.bare(newsletter.text(language)),
                letter.text());
    }

    /**
     * Sends a letter to an address of the team, as its readers would get it, but for links that are theirs alone. It is not counted as sent.
     *
     * @return why it was not taken; empty where it was
     * @throws FaultException INVALID when the address is none, or the newsletter cannot go out as it is; CONFLICT without a mail server
     */
    public Optional<Message> test(Actor actor, String id, String language, String address) {
        actor.require(Scope.MANAGE);
        Newsletter newsletter = find(actor, id).newsletter();
        Drafting.complete(newsletter);
        MailAddress to = MailAddress.of(address)
                .orElseThrow(
                        () -> FaultException.invalid("/address", Message.of("newsletter.address", "value", address)));
        if (!box.ready()) {
            throw FaultException.conflict(Message.of("newsletter.mail.unset"));
        }
        boolean unwanted = stores.unitOfWork()
                .read(tx -> stores.suppressions().find(tx, actor.branch(), to.key()))
                .isPresent();
        if (unwanted) {
            throw FaultException.conflict(Message.of("newsletter.test.suppressed"));
        }
        boolean room = stores.unitOfWork()
                .write(Urgency.REQUEST, tx -> quota.take(tx, clock.instant()).isEmpty());
        if (!room) {
            throw FaultException.conflict(Message.of("newsletter.test.quota"));
        }
        Posted posted = box.send(composer.trial(
                newsletter, "test." + ids.next(), to.text(), newsletter.language(language), clock.instant()));
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            audit.add(tx, actor, "newsletter.test", id, title(newsletter));
            return true;
        });
        return switch (posted) {
            case Posted.Taken() -> Optional.empty();
            case Posted.Later(Message why, Duration _, boolean _) -> Optional.of(why);
            case Posted.Refused(Message why, boolean _) -> Optional.of(why);
            case Posted.Unknown(Message why) -> Optional.of(why);
        };
    }

    /** @return how many a letter would reach, by way */
    public Map<Reach, Long> count(Actor actor, Segment segment) {
        return stores.unitOfWork().read(tx -> count(tx, actor.branch(), segment));
    }

    private Map<Reach, Long> count(Tx tx, BranchId branch, Segment segment) {
        Map<Reach, Long> counts = new EnumMap<>(Reach.class);
        for (Reach reach : Reach.values()) {
            boolean among = segment.reaches().isEmpty() || segment.reaches().contains(reach);
            counts.put(
                    reach,
                    among
                            ? stores.subscribers()
                                    .count(
                                            tx,
                                            branch,
                                            new Segment(
                                                    segment.topics(),
                                                    segment.languages(),
                                                    segment.links(),
                                                    Set.of(reach)))
                            : 0L);
        }
        return counts;
    }

    /** @throws FaultException CONFLICT when it is no draft */
    public void remove(Actor actor, String id) {
        actor.require(Scope.POST);
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Newsletter before = require(tx, actor, id);
            in(before, State.DRAFT);
            stores.newsletters().remove(tx, id);
            audit.add(tx, actor, "newsletter.remove", id, title(before));
            return true;
        });
    }

    /**
     * Has it go out.
     *
     * @param version as it was seen: what goes out is what was looked at
     * @param local   when, in the zone's local time; null for now
     * @param where   of that time; null for the organisation's
     * @throws FaultException INVALID; NOT_FOUND; CONFLICT when it was changed meanwhile, nobody would get it, or a freeze stands
     */
    public Newsletter send(
            Actor actor, String id, @Nullable Long version, @Nullable String local, @Nullable String where) {
        actor.require(Scope.MANAGE);
        ZoneId place = Schedule.zone("/zone", where, zone);
        Instant now = clock.instant();
        Instant at = local == null || local.isBlank() ? now : Schedule.instant("/at", local, place);
        if (at.isBefore(now) || at.isAfter(now.plus(FARTHEST))) {
            throw FaultException.invalid("/at", Message.of("newsletter.time", "value", String.valueOf(local)));
        }
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Newsletter before = require(tx, actor, id);
            in(before, State.DRAFT, State.SCHEDULED);
            version(before, version);
            Drafting.complete(before);
            Map<Reach, Long> counts = count(tx, actor.branch(), before.segment());
            if (counts.values().stream().allMatch(number -> number == 0)) {
                throw FaultException.conflict(Message.of("newsletter.nobody"));
            }
            if (counts.getOrDefault(Reach.MAIL, 0L) > 0) {
                mailReady();
            }
            if (Silence.stands(tx, stores.freezes(), before, at)) {
                throw FaultException.conflict(Message.of("newsletter.frozen"));
            }
            Newsletter after = before.due(at, place.getId());
            stores.newsletters().save(tx, after);
            audit.add(tx, actor, at.equals(now) ? "newsletter.send" : "newsletter.schedule", id, title(after));
            tx.afterCommit(preparing::ring);
            return after;
        });
    }

    /** @return what keeps every letter from going out, as it would be said when one is sent; empty for nothing */
    public List<Message> missing(Actor actor) {
        List<Message> missing = new ArrayList<>();
        Map<Reach, Long> everybody = count(actor, Segment.ALL);
        if (!composer.ready()) {
            missing.add(Message.of("newsletter.public"));
        }
        if (!box.ready()) {
            missing.add(Message.of("newsletter.mail.unset"));
        }
        if (everybody.values().stream().allMatch(number -> number == 0)) {
            missing.add(Message.of("newsletter.nobody.yet"));
        }
        return List.copyOf(missing);
    }

    private void mailReady() {
        if (!composer.ready()) {
            throw FaultException.conflict(Message.of("newsletter.public"));
        }
        if (!box.ready()) {
            throw FaultException.conflict(Message.of("newsletter.mail.unset"));
        }
    }

    /** Takes a newsletter that is to go out later back among the drafts. */
    public Newsletter unschedule(Actor actor, String id) {
        return turn(actor, id, "newsletter.unschedule", State.DRAFT, State.SCHEDULED);
    }

    /** Stops for now: at most the letters under way still leave. */
    public Newsletter pause(Actor actor, String id) {
        return turn(actor, id, "newsletter.pause", State.PAUSED, State.SENDING);
    }

    /** Stops for good. */
    public Newsletter stop(Actor actor, String id) {
        return turn(actor, id, "newsletter.stop", State.STOPPED, State.SENDING, State.PAUSED);
    }

    /** Goes on. @throws FaultException CONFLICT while a freeze stands */
    public Newsletter resume(Actor actor, String id) {
        return turn(actor, id, "newsletter.resume", State.SENDING, State.PAUSED);
    }

    private Newsletter turn(Actor actor, String id, String action, State to, State... from) {
        actor.require(Scope.MANAGE);
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Newsletter before = require(tx, actor, id);
            in(before, from);
            if (to == State.SENDING && Silence.stands(tx, stores.freezes(), before, clock.instant())) {
                throw FaultException.conflict(Message.of("newsletter.frozen"));
            }
            Instant now = clock.instant();
            boolean early = to == State.SENDING
                    && before.startedAt() == null
                    && before.at() != null
                    && before.at().isAfter(now);
            Newsletter after = before.in(early ? State.SCHEDULED : to, null, now);
            stores.newsletters().save(tx, after);
            stores.settled(tx, after);
            audit.add(tx, actor, action, id, title(after));
            tx.afterCommit(preparing::ring);
            tx.afterCommit(sending::ring);
            return after;
        });
    }

    /** @return those of whom nobody knows whether their letter arrived; at most 200 */
    public List<NewsletterSend> unknown(Actor actor, String id) {
        return stores.unitOfWork().read(tx -> {
            Newsletter newsletter = require(tx, actor, id);
            return stores.sends().page(tx, newsletter.id(), NewsletterSend.State.UNKNOWN, "", UNKNOWNS);
        });
    }

    /**
     * Decides about all letters of which nobody knows whether they arrived.
     *
     * @param again whether they are sent again, which some will get twice; else they are left as they are
     * @return how many
     */
    public int settle(Actor actor, String id, boolean again) {
        actor.require(Scope.MANAGE);
        int settled = 0;
        String after = "";
        while (true) {
            // Many are decided in pieces, each whole: nobody else waits for all of them.
            String from = after;
            List<NewsletterSend> some =
                    stores.unitOfWork().write(Urgency.REQUEST, tx -> settle(tx, actor, id, again, from));
            settled += some.size();
            if (some.size() < UNKNOWNS) {
                return settled;
            }
            after = some.getLast().id();
        }
    }

    private List<NewsletterSend> settle(Tx tx, Actor actor, String id, boolean again, String after) {
        Newsletter newsletter = require(tx, actor, id);
        if (again) {
            in(newsletter, State.SENDING, State.SENT, State.PAUSED);
        }
        Instant now = clock.instant();
        List<NewsletterSend> rows =
                stores.sends().page(tx, newsletter.id(), NewsletterSend.State.UNKNOWN, after, UNKNOWNS);
        for (NewsletterSend row : rows) {
            stores.sends()
                    .move(
                            tx,
                            again ? row.anew(now) : row.over(NewsletterSend.State.SETTLED, row.reason(), now),
                            NewsletterSend.State.UNKNOWN);
        }
        if (again && !rows.isEmpty() && newsletter.state() == State.SENT) {
            stores.newsletters().save(tx, newsletter.in(State.SENDING, null, now));
        }
        if (after.isEmpty() || !rows.isEmpty()) {
            audit.add(
                    tx,
                    actor,
                    again ? "newsletter.again" : "newsletter.leave",
                    id,
                    title(newsletter) + " " + rows.size());
        }
        tx.afterCommit(sending::ring);
        return rows;
    }

    /** Pauses everything that goes out or is to go out, in the transaction that finds the database to be an older one. */
    public void holdAll(Tx tx, Message why) {
        Instant now = clock.instant();
        for (Newsletter one : stores.newsletters().active(tx, Instant.MAX)) {
            stores.pause(tx, one, why, now);
        }
    }
}
