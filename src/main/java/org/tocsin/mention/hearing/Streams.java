package org.tocsin.mention.hearing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.mention.MentionStream;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** Lets each source that is a stream be listened to by a thread of its own, and begins again, ever later, where one has ended. */
public final class Streams implements AutoCloseable {
    /** More connections than any team listens by; a source beyond waits. */
    private static final int MOST = 50;

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long JOIN_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Streams.class);

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final List<MentionStream> types;
    private final Keeper keeper;
    private final Clock clock;
    private final Map<String, Running> running;
    private final ReentrantLock lock;
    private final Condition closing;
    private final AtomicReference<@Nullable Thread> supervisor;
    private boolean closed;

    public Streams(
            UnitOfWork unitOfWork,
            SourceRepository sources,
            ChannelRepository channels,
            List<MentionStream> types,
            Keeper keeper,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.sources = sources;
        this.channels = channels;
        this.types = List.copyOf(types);
        this.keeper = keeper;
        this.clock = clock;
        this.running = new HashMap<>();
        this.lock = new ReentrantLock();
        this.closing = lock.newCondition();
        this.supervisor = new AtomicReference<>();
    }

    private record Running(Source source, @Nullable Channel channel, Thread thread) {
        /** A person has changed the source, or the channel has other access. */
        boolean is(Source now, @Nullable Channel other) {
            return source.version() == now.version() && Objects.equals(channel, other);
        }
    }

    /** Begins to listen, and follows what is wanted. */
    public Streams start() {
        supervisor.set(Thread.ofVirtual().name("streams").start(() -> {
            do {
                try {
                    follow();
                } catch (RuntimeException e) {
                    log.atError().setCause(e).log("which streams are listened to could not be found out");
                }
            } while (rest());
        }));
        return this;
    }

    /** Ends what is wanted no longer, and begins what is due. */
    void follow() {
        Instant now = clock.instant();
        Map<Source, Optional<Channel>> wanted = new HashMap<>();
        unitOfWork.read(tx -> {
            for (MentionStream type : types) {
                sources.listening(tx, type.type())
                        .forEach(source -> wanted.put(
                                source,
                                source.channelId() == null ? Optional.empty() : channels.find(tx, source.channelId())));
            }
            return true;
        });
        lock.lock();
        try {
            running.values().removeIf(one -> !one.thread().isAlive());
            running.values().stream()
                    .filter(one -> wanted.entrySet().stream()
                            .noneMatch(other -> other.getKey()
                                            .id()
                                            .equals(one.source().id())
                                    && one.is(other.getKey(), other.getValue().orElse(null))))
                    .forEach(one -> one.thread().interrupt());
            wanted.forEach((source, channel) -> {
                boolean due = !source.nextAt().isAfter(now) && !running.containsKey(source.id());
                if (due && running.size() < MOST && !closed) {
                    running.put(
                            source.id(),
                            new Running(source, channel.orElse(null), begin(source, channel.orElse(null))));
                }
            });
        } finally {
            lock.unlock();
        }
    }

    private Thread begin(Source source, @Nullable Channel channel) {
        return Thread.ofVirtual().name("stream-" + source.id()).start(() -> listen(source, channel));
    }

    /** Listens once, until it ends. */
    void listen(Source source, @Nullable Channel channel) {
        ReadResult end = ended(source, channel);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        unitOfWork.write(Urgency.BULK, tx -> {
            sources.find(tx, source.id())
                    .filter(now -> now.version() == source.version())
                    .ifPresent(now -> keeper.keep(tx, now, end));
            return true;
        });
    }

    private ReadResult ended(Source source, @Nullable Channel channel) {
        MentionStream type = types.stream()
                .filter(one -> one.type().equals(source.type()))
                .findFirst()
                .orElseThrow();
        if (source.channelId() != null && channel == null) {
            return new ReadResult.Gone(Message.of("heard.channel.gone"));
        }
        try {
            return type.listen(source, channel, read -> keep(source, read));
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("source", source.id()).log("a stream failed");
            return new ReadResult.NotRead(new PublishResult.Unreachable(Reason.of("delivery.internal")));
        }
    }

    private boolean keep(Source begun, ReadResult.Read read) {
        return unitOfWork.write(Urgency.BULK, tx -> {
            Optional<Source> now = sources.find(tx, begun.id())
                    .filter(Source::enabled)
                    .filter(source -> source.version() == begun.version());
            now.ifPresent(source -> keeper.keep(tx, source, read));
            return now.isPresent();
        });
    }

    private boolean rest() {
        lock.lock();
        try {
            long left = LOOK.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Thread> threads;
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            threads = running.values().stream().map(Running::thread).toList();
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
            Thread follower = supervisor.get();
            if (follower != null) {
                follower.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
