package org.tocsin.mention.hearing;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.Gap;
import org.tocsin.mention.PlainText;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.SourceType;
import org.tocsin.mention.feed.FeedDiscovery;
import org.tocsin.mention.feed.FeedReader;
import org.tocsin.mention.feed.Opml;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Adds, names, pauses and takes away sources. */
public final class Sources {
    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 2_000;
    /** Of what could not be read, so much is shown. */
    static final int ASIDE = 20;
    /** So many feeds are added well within 50 ms of the writer's time. */
    private static final int AT_ONCE = 50;

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final Map<String, SourceType> types;
    private final FeedReader feeds;
    private final Notices notices;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final LongWork work;
    private final Predicate<URI> own;

    /**
     * @param types of what can be listened to besides feeds, each once
     * @param feeds looks what an address offers
     * @param own   whether an address is this daemon's own: what it publishes is no news to it
     */
    public Sources(
            UnitOfWork unitOfWork,
            SourceRepository sources,
            ChannelRepository channels,
            List<? extends SourceType> types,
            FeedReader feeds,
            Notices notices,
            AuditTrail audit,
            Ids ids,
            Clock clock,
            Wakeup wakeup,
            LongWork work,
            Predicate<URI> own) {
        this.unitOfWork = unitOfWork;
        this.sources = sources;
        this.channels = channels;
        this.types = new LinkedHashMap<>();
        this.types.put(FeedReader.TYPE, feeds);
        types.forEach(type -> this.types.put(type.type(), type));
        this.feeds = feeds;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.work = work;
        this.own = own;
    }

    /**
     * A source with what it may have missed.
     *
     * @param gaps  newest first
     * @param aside what of it could not be matched or indexed, newest first, at most {@value #ASIDE}
     */
    public record Seen(Source source, List<Gap> gaps, List<SetAside> aside) {}

    private Seen seen(Tx tx, Source source) {
        return new Seen(source, sources.gaps(tx, source.id()), sources.aside(tx, source.id(), ASIDE));
    }

    /** @return those of the branch, by name */
    public List<Seen> all(Actor actor) {
        return unitOfWork.read(tx -> sources.all(tx, actor.branch()).stream()
                .map(source -> seen(tx, source))
                .toList());
    }

    /** @throws FaultException NOT_FOUND */
    public Seen find(Actor actor, String id) {
        return unitOfWork.read(tx -> seen(tx, known(tx, actor, id)));
    }

    private Source known(Tx tx, Actor actor, String id) {
        return sources.find(tx, actor.branch(), id)
                .filter(source -> source.state() != SourceState.REMOVED)
                .orElseThrow(() -> FaultException.notFound("source", id));
    }

    /**
     * What can be read at an address, without keeping anything.
     *
     * @throws FaultException INVALID where it is no address
     */
    public FeedDiscovery.Found discover(Actor actor, @Nullable String url) {
        actor.require(Scope.MANAGE);
        return feeds.discover(address(url));
    }

    /** @return what can be listened to, in the order in which it is offered */
    public List<SourceType> types() {
        return List.copyOf(types.values());
    }

    /**
     * A source that a person wants.
     *
     * @param type      null for a feed
     * @param url       as typed
     * @param channelId whose account reads
     * @param query     a tag or words, as typed
     * @param ceiling   US dollars that reading may cost in a month
     * @param name      null for what says itself
     */
    public record Wanted(
            @Nullable String type,
            @Nullable String url,
            @Nullable String channelId,
            @Nullable String query,
            @Nullable BigDecimal ceiling,
            @Nullable String name) {}

    /**
     * A source that was wanted.
     *
     * @param there whether it was listened to already: nothing has changed then
     */
    public record Added(Source source, boolean there) {}

    /**
     * Adds a source.
     *
     * @throws FaultException INVALID with every field that is wrong
     */
    public Added add(Actor actor, Wanted wanted) {
        actor.require(Scope.MANAGE);
        String name = wanted.type() == null || wanted.type().isBlank() ? FeedReader.TYPE : wanted.type();
        SourceType type = types.get(name);
        if (type == null) {
            throw FaultException.invalid(
                    "/type",
                    Message.of("heard.source.type", "value", name, "types", String.join(", ", types.keySet())));
        }
        SourceDraft draft = unitOfWork.read(tx -> SourceDraft.of(
                type,
                wanted,
                id -> channels.find(tx, id).filter(channel -> channel.branch().equals(actor.branch()))));
        if (name.equals(FeedReader.TYPE)) {
            return addFeed(actor, wanted.url(), wanted.name());
        }
        String url = type.form().url() ? address(wanted.url()).toString() : null;
        String called = named(wanted.name() == null || wanted.name().isBlank() ? draft.name(url) : wanted.name());
        return unitOfWork.write(Urgency.REQUEST, tx -> add(tx, actor, fresh(actor, type.type(), called, url, draft)));
    }

    private Source fresh(Actor actor, String type, String name, @Nullable String url, SourceDraft draft) {
        Instant now = clock.instant();
        return new Source(
                ids.next(),
                actor.branch(),
                type,
                name,
                url,
                draft.channel() == null ? null : draft.channel().id(),
                draft.query(),
                draft.ceiling(),
                SourceState.LISTENING,
                null,
                0,
                null,
                now,
                null,
                null,
                0,
                now,
                1);
    }

    /**
     * Adds a feed, and looks first whether it is one. At the address of a page that names one feed, that one is added.
     *
     * @param name null for what the feed calls itself
     * @return the source; the one there is already, where there is one
     * @throws FaultException INVALID where nothing can be read there, or a page names several feeds, each with its address
     */
    private Added addFeed(Actor actor, @Nullable String url, @Nullable String name) {
        URI address = address(url);
        FeedDiscovery.Found found = feeds.discover(address);
        if (found.failure() != null) {
            throw new FaultException(
                    FaultException.Kind.INVALID,
                    new Fault("/url", found.failure().reason().message(), null, null));
        }
        if (found.feeds().isEmpty()) {
            throw FaultException.invalid("/url", Message.of("heard.feed.none", "url", address));
        }
        if (found.feeds().size() > 1) {
            List<String> choices =
                    found.feeds().stream().map(FeedDiscovery.Candidate::url).toList();
            throw FaultException.invalid("/url", Message.of("heard.feed.several", "feeds", String.join(" ", choices)));
        }
        FeedDiscovery.Candidate feed = found.feeds().getFirst();
        others(URI.create(feed.url()));
        String called = name == null || name.isBlank()
                ? feed.title() == null ? URI.create(feed.url()).getHost() : feed.title()
                : name;
        String cleaned = named(called);
        return unitOfWork.write(
                Urgency.REQUEST,
                tx -> add(tx, actor, fresh(actor, FeedReader.TYPE, cleaned, feed.url(), SourceDraft.NOTHING)));
    }

    /** The most feeds of one list: more than anybody reads. */
    public static final int MOST_OUTLINES = 2_000;

    /**
     * What became of a list of feeds.
     *
     * @param wrong addresses that are none
     * @param left  not looked at, because somebody has stopped it
     */
    public record Listed(int added, int there, List<String> wrong, int left) {}

    /**
     * Adds the feeds of a list (OPML) without asking any of them: each is read when it is due, and says itself what is wrong with it.
     * Where it is stopped, what was added stays; brought once more, the list goes on.
     *
     * @throws FaultException INVALID where it is no such list, TOO_LARGE beyond {@link #MOST_OUTLINES}
     */
    public Listed bring(Actor actor, String opml) {
        actor.require(Scope.MANAGE);
        List<Opml.Outline> outlines =
                Opml.read(opml).orElseThrow(() -> FaultException.invalid("", Message.of("heard.opml.unreadable")));
        if (outlines.size() > MOST_OUTLINES) {
            throw new FaultException(
                    FaultException.Kind.TOO_LARGE,
                    new Fault("", Message.of("heard.opml.many", "limit", MOST_OUTLINES), (long) MOST_OUTLINES, (long)
                            outlines.size()));
        }
        Map<String, String> feeds = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Opml.Outline one : outlines) {
            Optional<String> url =
                    PlainText.link(one.url()).filter(link -> link.length() <= MAX_URL && !own.test(URI.create(link)));
            url.ifPresentOrElse(
                    link -> feeds.putIfAbsent(
                            link, one.title() == null ? URI.create(link).getHost() : one.title()),
                    () -> wrong.add(PlainText.cut(one.url(), MAX_NAME)));
        }
        List<Map.Entry<String, String>> all = List.copyOf(feeds.entrySet());
        int there = 0;
        int done = 0;
        try (LongWork.Task task = work.begin(actor.branch(), LongWork.Kind.FEEDS, "", actor.id())) {
            for (; done < all.size() && !task.isStopped(); done += AT_ONCE) {
                task.at(done, all.size());
                there += bring(actor, all.subList(done, Math.min(all.size(), done + AT_ONCE)));
            }
        }
        int looked = Math.min(done, all.size());
        return new Listed(looked - there, there, wrong, all.size() - looked);
    }

    /** @return how many of them were listened to already */
    private int bring(Actor actor, List<Map.Entry<String, String>> feeds) {
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            int there = 0;
            for (Map.Entry<String, String> feed : feeds) {
                Added added = add(
                        tx,
                        actor,
                        fresh(actor, FeedReader.TYPE, named(feed.getValue()), feed.getKey(), SourceDraft.NOTHING));
                there += added.there() ? 1 : 0;
            }
            return there;
        });
    }

    /** @return the feeds that are listened to, as a list for another reader (OPML) */
    public String list(Actor actor, String title) {
        actor.require(Scope.READ);
        List<Opml.Outline> feeds = unitOfWork.read(tx -> sources.all(tx, actor.branch())).stream()
                .filter(source -> source.type().equals(FeedReader.TYPE))
                .flatMap(source ->
                        Optional.ofNullable(source.url()).map(url -> new Opml.Outline(source.name(), url)).stream())
                .toList();
        return Opml.write(title, feeds, clock.instant());
    }

    private Added add(Tx tx, Actor actor, Source wanted) {
        // A list from elsewhere may have the address of before a move.
        Optional<Source> before = sources.same(tx, wanted)
                .filter(source -> source.state() != SourceState.REMOVED)
                .or(() -> sources.formerly(tx, wanted))
                .or(() -> sources.same(tx, wanted));
        if (before.isPresent() && before.get().enabled()) {
            return new Added(before.get(), true);
        }
        Source source = wanted;
        if (before.isPresent()) {
            // What was said while nobody listened is no news.
            Source known =
                    before.get().state() == SourceState.REMOVED ? before.get().unread() : before.get();
            source = known.upTo(wanted.ceiling()).in(SourceState.LISTENING, null, clock.instant());
            sources.save(tx, before.get(), source);
            notices.close(tx, source.branch(), Set.of(Notices.Kind.SOURCE), source.id());
        } else {
            sources.insert(tx, wanted);
        }
        audit.add(tx, actor, "source.add", source.id(), SourceDraft.said(source));
        tx.afterCommit(wakeup::ring);
        return new Added(source, false);
    }

    /**
     * Changes the name, or whether it is listened to.
     *
     * @param version as it was seen
     * @param enabled null leaves it as it is; true lets one that is held try again at once
     * @param name    likewise
     * @param ceiling likewise; US dollars in a month
     * @throws FaultException NOT_FOUND; CONFLICT when it was changed meanwhile; INVALID
     */
    public Source change(
            Actor actor,
            String id,
            @Nullable Long version,
            @Nullable Boolean enabled,
            @Nullable String name,
            @Nullable BigDecimal ceiling) {
        actor.require(Scope.MANAGE);
        return changed(actor, id, version, "source.change", source -> {
            Source called = name == null ? source : source.named(named(name));
            Source after = ceiling == null ? called : raised(called, ceiling);
            boolean other = enabled != null && (enabled ? source.state() != SourceState.LISTENING : source.enabled());
            return other
                    ? after.in(enabled ? SourceState.LISTENING : SourceState.PAUSED, null, clock.instant())
                    : after;
        });
    }

    /** One that is held may have been held by its ceiling: it looks again at once. */
    private Source raised(Source source, BigDecimal ceiling) {
        Source other = source.upTo(SourceDraft.ceiling(types.get(source.type()), ceiling));
        return source.state() == SourceState.HELD ? other.in(SourceState.LISTENING, null, clock.instant()) : other;
    }

    /** @throws FaultException NOT_FOUND; CONFLICT when it was changed meanwhile */
    public void remove(Actor actor, String id, @Nullable Long version) {
        actor.require(Scope.MANAGE);
        changed(actor, id, version, "source.remove", source -> source.in(SourceState.REMOVED, null, clock.instant()));
    }

    private Source changed(Actor actor, String id, @Nullable Long version, String what, UnaryOperator<Source> how) {
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Source before = known(tx, actor, id);
            if (version != null && version != before.version()) {
                throw FaultException.conflict(Message.of("heard.source.changed", "version", before.version()));
            }
            Source after = how.apply(before);
            if (!after.equals(before)) {
                if (!sources.save(tx, before, after)) {
                    throw FaultException.conflict(Message.of("heard.source.changed", "version", before.version()));
                }
                notices.close(tx, before.branch(), Set.of(Notices.Kind.SOURCE), id);
                audit.add(tx, actor, what, id, after.state() + " " + after.name());
                tx.afterCommit(wakeup::ring);
            }
            return after;
        });
    }

    static String named(String name) {
        String clean = PlainText.cut(name.replaceAll("\\s+", " "), MAX_NAME + 1);
        if (clean.isEmpty() || clean.length() > MAX_NAME) {
            throw new FaultException(
                    FaultException.Kind.INVALID,
                    new Fault("/name", Message.of("heard.source.name", "limit", MAX_NAME), (long) MAX_NAME, (long)
                            clean.length()));
        }
        return clean;
    }

    private URI address(@Nullable String url) {
        String written = url == null ? "" : url.strip();
        // People type the name of a site.
        String whole =
                written.isEmpty() || written.matches("(?i)[a-z][a-z0-9+.-]*:.*") ? written : "https://" + written;
        URI address = PlainText.link(whole)
                .filter(link -> link.length() <= MAX_URL)
                .map(URI::create)
                .orElseThrow(() -> FaultException.invalid("/url", Message.of("heard.source.url", "value", written)));
        return others(address);
    }

    private URI others(URI address) {
        if (own.test(address)) {
            throw FaultException.invalid("/url", Message.of("heard.source.own", "value", address));
        }
        return address;
    }
}
