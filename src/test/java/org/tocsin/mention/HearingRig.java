package org.tocsin.mention;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.mention.hearing.Keeper;
import org.tocsin.mention.hearing.Listener;
import org.tocsin.network.Channel;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;

/** A listener over a real store, driven by hand. */
public final class HearingRig implements AutoCloseable {
    /** The only source. */
    public static final String SOURCE = "s";

    public final TestClock clock;
    public final SqlStore store;
    public final SqlSources sources = new SqlSources();
    public final SqlMentions mentions;
    public final SqlAccounts accounts = new SqlAccounts();
    public final SqlChannels channels = new SqlChannels(Opened.BOX);
    private final List<MentionSource> readers;
    /** What a month of readings may cost, in millionths of a US dollar; null where reading is free. */
    public @Nullable Long ceiling;

    private final SqlNotices notices;
    private Listener listener;

    public HearingRig(Path folder, TestClock clock, MentionSource... readers) {
        this.clock = clock;
        this.store = Opened.at(folder);
        this.mentions = new SqlMentions(new Ids(clock));
        this.notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
        this.readers = List.of(readers);
        this.listener = listener(store);
    }

    private Listener listener(UnitOfWork unitOfWork) {
        return new Listener(unitOfWork, sources, channels, accounts, readers, clock, new Wakeup(), keeper());
    }

    /** What keeps what was heard, also for tests that hand it in themselves. */
    public Keeper keeper() {
        return new Keeper(
                sources,
                mentions,
                notices,
                readers,
                new RetryPolicy(
                        new DeliverySettings(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(30),
                                Duration.ofHours(24),
                                48),
                        new Random(1)),
                Duration.ofMinutes(10),
                clock,
                new Wakeup(),
                Milestones.NONE);
    }

    /** Adds the source, read by that channel. */
    public void listen(@Nullable Channel channel, String type, @Nullable String query) {
        write(tx -> {
            if (channel != null) {
                channels.insert(tx, channel, true);
            }
            sources.insert(tx, source(channel, type, query));
            return true;
        });
    }

    private Source source(@Nullable Channel channel, String type, @Nullable String query) {
        return new Source(
                SOURCE,
                BranchId.MAIN,
                type,
                SOURCE,
                null,
                channel == null ? null : channel.id(),
                query,
                ceiling,
                SourceState.LISTENING,
                null,
                0,
                null,
                clock.instant(),
                null,
                null,
                0,
                clock.instant(),
                1);
    }

    public <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    /** Another daemon on the same store. */
    public void restart() {
        listener = listener(store);
    }

    /** Moves to the time of the next reading, and reads. */
    public Source read() {
        Instant next = source().nextAt();
        if (next.isAfter(clock.instant())) {
            clock.move(Duration.between(clock.instant(), next));
        }
        readDue();
        return source();
    }

    /** Reads what is due now. */
    public void readDue() {
        listener.claim(10).forEach(one -> {
            try {
                listener.read(one);
            } finally {
                listener.release(one);
            }
        });
    }

    /** Reads what can be claimed at one look, save those whose ids begin so: these are returned, and are still being read. */
    public List<Source> readAllBut(String slow) {
        List<Source> held = new ArrayList<>();
        List<Source> claimed;
        do {
            claimed = listener.claim(16);
            for (Source one : claimed) {
                if (one.id().startsWith(slow)) {
                    held.add(one);
                } else {
                    finish(one);
                }
            }
        } while (!claimed.isEmpty());
        return held;
    }

    /** Takes what may be read at the same time, where there are so many places. */
    public List<Source> claim(int places) {
        return listener.claim(places);
    }

    /** Ends a reading. */
    public void finish(Source claimed) {
        listener.read(claimed);
        listener.release(claimed);
    }

    /** When the listener wants to be asked again. */
    public Instant nextAt() {
        return listener.nextAt().orElseThrow();
    }

    /** A store in which nothing is ever committed. */
    public UnitOfWork dying() {
        return (UnitOfWork) java.lang.reflect.Proxy.newProxyInstance(
                HearingRig.class.getClassLoader(), new Class<?>[] {UnitOfWork.class}, (proxy, method, args) -> {
                    if (!method.getName().equals("write")) {
                        return method.invoke(store, args);
                    }
                    @SuppressWarnings("unchecked")
                    Function<Tx, Object> work = (Function<Tx, Object>) args[1];
                    return store.write((Urgency) args[0], tx -> {
                        throw new Killed(String.valueOf(work.apply(tx)));
                    });
                });
    }

    /** Reads, and dies before what was read is committed. */
    public void readAndDie() {
        listener = listener(dying());
        try {
            read();
        } catch (RuntimeException killed) {
            restart();
            return;
        }
        throw new AssertionError("it was committed");
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed(String undone) {
            super(undone);
        }
    }

    /** The source, inside a transaction. */
    public Source source(Tx tx) {
        return sources.find(tx, SOURCE).orElseThrow();
    }

    public Source source() {
        return store.read(tx -> sources.find(tx, SOURCE)).orElseThrow();
    }

    /** All that was heard, in the order of its changes. */
    public List<Mention> heard() {
        return store.read(tx -> mentions.after(tx, 0, 10_000));
    }

    public List<String> texts() {
        return heard().stream().map(one -> one.heard().text()).toList();
    }

    public List<Gap> gaps() {
        return store.read(tx -> sources.gaps(tx, SOURCE));
    }

    /** How many notices about the source wait for a person. */
    public int notices() {
        return Integer.parseInt(store.read(tx -> Opened.text(
                tx, "select cast(count(*) as text) from notice where kind = 'SOURCE' and acknowledged_at is null")));
    }

    @Override
    public void close() {
        store.close();
    }
}
