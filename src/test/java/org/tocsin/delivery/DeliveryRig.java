package org.tocsin.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.Media;
import org.tocsin.media.MediaStore;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.post.MediaRef;
import org.tocsin.post.Post;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.ChannelRule;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlApprovals;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlMedia;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlPosts;
import org.tocsin.sql.SqlRemovals;
import org.tocsin.sql.SqlRevisions;
import org.tocsin.sql.SqlSessions;
import org.tocsin.sql.SqlStore;

/** A real store, a real engine, a network that is scripted, and a clock that stands until it is moved. Driven by hand. */
final class DeliveryRig implements AutoCloseable {
    static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    static final Duration QUIET = Duration.ofSeconds(60);
    static final Duration GRACE = Duration.ofMinutes(15);
    static final Duration RETRY_MIN = Duration.ofSeconds(30);
    static final Duration GIVE_UP = Duration.ofHours(24);
    static final int PROBES = 3;
    static final Actor DAEMON = Actor.daemon(BranchId.MAIN);

    final TestClock clock = new TestClock(START);
    final ScriptedNetwork network = new ScriptedNetwork(clock);
    final Networks networks = new Networks(List.of(network));
    final SqlStore store;
    final FailingWrites writes;
    final SqlDeliveries deliveries = new SqlDeliveries();
    final SqlChannels channels = new SqlChannels(Opened.BOX);
    final SqlAccounts accounts = new SqlAccounts();
    final SqlFreezes freezes = new SqlFreezes();
    final SqlRemovals removals = new SqlRemovals();
    final SqlRevisions revisions = new SqlRevisions();
    final SqlApprovals approvals = new SqlApprovals();
    final SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
    final SqlPosts posts = new SqlPosts();
    final SqlAudit audit = new SqlAudit(clock);
    final SqlMedia media = new SqlMedia();
    final Wakeup wakeup = new Wakeup();
    final Ids ids = new Ids(clock);
    final DeliveryDecisions decisions;
    final ChannelAdministration administration;
    final DeletePost deletePost;
    final Remover remover;
    final Reviser reviser;
    DeliveryEngine engine;
    int clockJumps;
    Runnable fitting = () -> {};
    private Duration grace = GRACE;

    private final AtomicLong jumped = new AtomicLong();
    private final RetryPolicy retry;

    DeliveryRig(Path folder) throws IOException {
        this.store = Opened.at(folder);
        this.writes = new FailingWrites(store);
        this.retry = new RetryPolicy(settings(), new Random(1));
        this.engine = engine(CrashPoints.NONE);
        this.decisions = new DeliveryDecisions(
                store,
                deliveries,
                removals,
                revisions,
                freezes,
                approvals,
                channels,
                networks,
                notices,
                audit,
                clock,
                wakeup,
                wakeup);
        this.administration = new ChannelAdministration(
                store,
                channels,
                accounts,
                deliveries,
                new SqlSessions(store, Opened.BOX, clock),
                networks,
                notices,
                audit,
                clock,
                wakeup,
                ChannelRule.NONE);
        this.deletePost =
                new DeletePost(store, posts, deliveries, channels, removals, revisions, notices, audit, clock, wakeup);
        this.remover =
                new Remover(store, deliveries, removals, accounts, channels, networks, notices, retry, clock, wakeup);
        this.reviser = reviser(CrashPoints.NONE);
        channel("one");
    }

    /** The same rows, as after a restart, or with a place to die at. */
    Reviser reviser(CrashPoints crashPoints) {
        return new Reviser(
                stores(),
                networks,
                new Gate(deliveries, accounts, freezes, approvals, notices, settings()),
                retry,
                watch(),
                clock,
                wakeup,
                crashPoints);
    }

    private DeliveryStores stores() {
        return new DeliveryStores(
                writes, deliveries, channels, accounts, freezes, media, removals, revisions, approvals, notices);
    }

    /** @param hash of what was agreed to; null for what the delivery would send */
    void approval(String id, @Nullable String hash) {
        store.write(Urgency.REQUEST, tx -> {
            Approval asked = Approval.asked(get(id), "author", clock.instant());
            String given = hash == null ? approvals.contentHash(tx, id) : hash;
            approvals.save(tx, asked.given(given, "manager", clock.instant()));
            return id;
        });
    }

    private DeliverySettings settings() {
        return new DeliverySettings(QUIET, grace, RETRY_MIN, Duration.ofMinutes(30), GIVE_UP, PROBES);
    }

    private ClockWatch watch() {
        return new ClockWatch(
                clock,
                () -> Duration.between(START, clock.instant()).toNanos() - jumped.get(),
                Duration.ofMinutes(5),
                () -> clockJumps++);
    }

    private DeliveryEngine engine(CrashPoints crashPoints) {
        ClockWatch watch = watch();
        return DeliveryEngine.of(
                stores(), networks, new OneImage(), settings(), watch, clock, new Random(1), wakeup, crashPoints);
    }

    /** What dies at that place stays as it was committed; a new engine takes over from the same store. */
    int restart() {
        engine = engine(CrashPoints.NONE);
        return engine.recovery().recover();
    }

    /** From now on a delivery may be so late. */
    void grace(Duration longer) {
        grace = longer;
        engine = engine(CrashPoints.NONE);
    }

    /** The next work ends at that place as if the power had been cut. */
    void diesAt(String place) {
        engine = engine(name -> {
            if (name.equals(place)) {
                throw new PowerCut();
            }
        });
    }

    /** Not a fault that anything may handle. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    Channel channel(String id, String... settings) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            pairs.put(settings[i], settings[i + 1]);
        }
        Channel channel = new Channel(id, BranchId.MAIN, id, "scripted", pairs, Map.of(), START);
        write(tx -> {
            if (channels.known(tx, id)) {
                channels.update(tx, channel);
            } else {
                channels.insert(tx, channel, true);
            }
            return id;
        });
        return channel;
    }

    /** A delivery on channel {@code one} that is due now, of one segment for each text. */
    String accept(String... texts) {
        return acceptAt("one", clock.instant(), texts);
    }

    String acceptOn(String channelId, String... texts) {
        return acceptAt(channelId, clock.instant(), texts);
    }

    String acceptAt(String channelId, Instant dueAt, String... texts) {
        return accept(channelId, dueAt, List.of(), texts);
    }

    /** A post that stands. */
    String post() {
        String id = ids.next();
        write(tx -> {
            posts.insert(
                    tx,
                    new Post(
                            id,
                            BranchId.MAIN,
                            new UserId("someone"),
                            "text",
                            "fr",
                            Map.of(),
                            List.of(),
                            null,
                            null,
                            false,
                            false,
                            null,
                            null,
                            clock.instant(),
                            1,
                            null,
                            null,
                            null,
                            null));
            return id;
        });
        return id;
    }

    String acceptFor(String postId, String channelId, String... texts) {
        return accept(postId, channelId, clock.instant(), List.of(), texts);
    }

    String accept(String channelId, Instant dueAt, List<MediaRef> images, String... texts) {
        return accept("post-of-no-matter", channelId, dueAt, images, texts);
    }

    private String accept(String postId, String channelId, Instant dueAt, List<MediaRef> images, String... texts) {
        String id = ids.next();
        boolean later = dueAt.isAfter(clock.instant());
        List<DeliverySegment> segments = new ArrayList<>();
        for (String text : texts) {
            Content content = new Content(text, segments.isEmpty() ? images : List.of(), "fr", null, null, null, null);
            segments.add(new DeliverySegment(
                    id, segments.size(), content, network.newKey(), SegmentState.PENDING, List.of(), null, null));
        }
        write(tx -> {
            deliveries.insert(
                    tx,
                    new Delivery(
                            id,
                            postId,
                            BranchId.MAIN,
                            channelId,
                            "scripted",
                            deliveries.nextSequence(tx),
                            later ? DeliveryState.SCHEDULED : DeliveryState.DUE,
                            clock.instant(),
                            null,
                            NextAction.SEND,
                            later ? dueAt : null,
                            1,
                            dueAt,
                            dueAt,
                            0,
                            null,
                            null,
                            null),
                    segments);
            return id;
        });
        return id;
    }

    Freeze freeze(@Nullable Instant from, @Nullable Instant until) {
        Freeze freeze = new Freeze(
                ids.next(),
                BranchId.MAIN,
                from == null ? clock.instant() : from,
                until,
                "Europe/Paris",
                Set.of(),
                "silence",
                new UserId("someone"),
                null,
                null,
                1);
        write(tx -> {
            freezes.insert(tx, freeze);
            return freeze;
        });
        return freeze;
    }

    /** Claims and dispatches until there is nothing to do now. */
    void run() {
        for (int round = 0; round < 50; round++) {
            List<DeliveryWork> claimed = engine.queue().claim(64);
            if (claimed.isEmpty()) {
                return;
            }
            claimed.forEach(this::dispatch);
        }
        throw new IllegalStateException("there is no end of work");
    }

    List<DeliveryWork> claim() {
        return engine.queue().claim(64);
    }

    void dispatch(DeliveryWork work) {
        try {
            engine.dispatcher().dispatch(work);
        } finally {
            engine.queue().release(work);
        }
    }

    /** Time passes, and what comes due in it is done. */
    void later(Duration by) {
        clock.move(by);
        run();
    }

    /** The wall clock alone moves. */
    void jump(Duration by) {
        jumped.addAndGet(by.toNanos());
        clock.move(by);
    }

    Delivery get(String id) {
        return store.read(tx -> deliveries.find(tx, id)).orElseThrow();
    }

    DeliveryState state(String id) {
        return get(id).state();
    }

    @Nullable
    String reason(String id) {
        Delivery delivery = get(id);
        return delivery.reason() == null ? null : delivery.reason().code();
    }

    Instant nextAt(String id) {
        return Objects.requireNonNull(get(id).nextAt(), "nothing is timed");
    }

    List<DeliverySegment> segments(String id) {
        return store.read(tx -> deliveries.segments(tx, id));
    }

    List<String> attempts(String id) {
        return store.read(tx -> deliveries.attempts(tx, id)).stream()
                .map(DeliveryAttempt::outcome)
                .toList();
    }

    List<Notices.Kind> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, false, "", 100)).reversed().stream()
                .map(Notice::kind)
                .toList();
    }

    <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    MediaRef image(String alt) {
        String id = ids.next();
        write(tx -> {
            media.save(
                    tx,
                    new Media(
                            id,
                            BranchId.MAIN,
                            org.tocsin.media.MediaType.PNG,
                            "image.png",
                            10,
                            10,
                            100,
                            "0".repeat(64),
                            false,
                            clock.instant()));
            return id;
        });
        return new MediaRef(id, alt);
    }

    /** Every image fits as it is. */
    private final class OneImage implements MediaStore {
        @Override
        public Taken take(java.io.InputStream source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedImage fit(Media media, ImageLimits limits) {
            fitting.run();
            return new FittedImage(
                    file(media), media.type(), media.width(), media.height(), media.bytes(), media.sha256());
        }

        @Override
        public Path file(Media media) {
            return Path.of(media.sha256());
        }
    }

    @Override
    public void close() {
        boolean balanced =
                store.read(tx -> deliveries.ledger(tx, BranchId.MAIN)).balanced();
        List<DeliveryState> states = Arrays.asList(DeliveryState.values());
        List<String> mute = store.read(tx -> states.stream()
                .flatMap(state -> deliveries.inState(tx, state).stream())
                .filter(delivery -> delivery.nextAction() == NextAction.PROBE && delivery.nextAt() == null)
                .filter(delivery -> delivery.state() != DeliveryState.SENDING)
                .map(Delivery::id)
                .toList());
        store.close();
        if (!balanced || !mute.isEmpty()) {
            throw new AssertionError("the ledger is balanced: " + balanced + ", to be probed at no time: " + mute);
        }
    }
}
