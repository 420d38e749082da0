package org.tocsin.mention.hearing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;

/** Asks sources that do not say what is taken back whether what was heard of them lately is still there. */
public final class Rechecks {
    /** Most of what people take back, they take back within days. */
    static final Duration LATELY = Duration.ofDays(7);

    private static final int PAGE = 100;
    private static final Logger log = LoggerFactory.getLogger(Rechecks.class);

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final MentionRepository mentions;
    private final List<Recheck> types;
    private final Clock clock;
    private final Wakeup heard;
    /** Until when a server does not want to be asked; lost at a restart. */
    private final ConcurrentMap<String, Instant> waiting;

    /** @param heard rung when something has gone */
    public Rechecks(
            UnitOfWork unitOfWork,
            SourceRepository sources,
            ChannelRepository channels,
            MentionRepository mentions,
            List<Recheck> types,
            Clock clock,
            Wakeup heard) {
        this.unitOfWork = unitOfWork;
        this.sources = sources;
        this.channels = channels;
        this.mentions = mentions;
        this.types = List.copyOf(types);
        this.clock = clock;
        this.heard = heard;
        this.waiting = new ConcurrentHashMap<>();
    }

    /** A source, by whom and how it is asked. */
    private record Asked(
            Recheck type, Source source, @Nullable Channel channel) {}

    /**
     * Asks for all sources once; to be called every hour or so. One server is asked one thing at a time, and none before it wants to be; a slow
     * one holds back no other. What cannot be asked now is left until the next time.
     */
    public void check() {
        Map<String, List<Asked>> hosts = new HashMap<>();
        for (Recheck type : types) {
            for (Source source : unitOfWork.read(tx -> sources.listening(tx, type.type()))) {
                Channel channel = channel(source);
                if (source.channelId() == null || channel != null) {
                    String host = Objects.requireNonNullElse(type.host(channel), source.id());
                    hosts.computeIfAbsent(host, one -> new ArrayList<>()).add(new Asked(type, source, channel));
                }
            }
        }
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts.forEach((host, asked) -> each.execute(() -> asked.forEach(one -> ask(host, one))));
        }
    }

    private void ask(String host, Asked one) {
        if (clock.instant().isBefore(waiting.getOrDefault(host, Instant.MIN))) {
            return;
        }
        try {
            check(host, one);
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("source", one.source().id()).log("what is still there was not asked");
        }
    }

    private void check(String host, Asked one) {
        Source source = one.source();
        List<String> ids = lately(source, one.type().most());
        for (int from = 0; from < ids.size(); from += one.type().batch()) {
            List<String> some =
                    ids.subList(from, Math.min(ids.size(), from + one.type().batch()));
            switch (one.type().check(source, one.channel(), some)) {
                case Recheck.NotChecked(PublishResult.NoEffect outcome) -> {
                    Instant until = until(outcome);
                    if (until != null) {
                        waiting.put(host, until);
                    }
                    return;
                }
                case Recheck.Gone(List<String> gone) -> {
                    if (!gone.isEmpty()) {
                        unitOfWork.write(Urgency.BULK, tx -> {
                            tx.afterCommit(heard::ring);
                            return mentions.delete(tx, source, gone, clock.instant());
                        });
                    }
                }
            }
        }
    }

    private static @Nullable Instant until(PublishResult.NoEffect outcome) {
        return switch (outcome) {
            case PublishResult.Throttled throttled -> throttled.until();
            case PublishResult.Unreachable unreachable -> unreachable.until();
            case PublishResult.Refused _, PublishResult.Unauthorized _ -> null;
        };
    }

    private @Nullable Channel channel(Source source) {
        String id = source.channelId();
        return id == null ? null : unitOfWork.read(tx -> channels.find(tx, id)).orElse(null);
    }

    private List<String> lately(Source source, int most) {
        Instant since = clock.instant().minus(LATELY);
        List<String> ids = new ArrayList<>();
        String after = "";
        List<Mention> page;
        do {
            String from = after;
            page = unitOfWork.read(tx -> mentions.page(tx, source.branch(), source.id(), from, PAGE));
            for (Mention one : page) {
                if (one.heardAt().isBefore(since) || ids.size() == most) {
                    return ids;
                }
                ids.add(one.heard().nativeId());
            }
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE);
        return ids;
    }
}
