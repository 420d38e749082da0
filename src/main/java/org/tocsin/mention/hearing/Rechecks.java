package org.tocsin.mention.hearing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
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

    /** Sources: a few slow ones leave room for the others. */
    private static final int AT_ONCE = 8;

    private static final int PAGE = 100;
    private static final Logger log = LoggerFactory.getLogger(Rechecks.class);

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final MentionRepository mentions;
    private final List<Recheck> types;
    private final Clock clock;
    private final Wakeup heard;
    /** Until when a server does not want to be asked, by source; lost at a restart. */
    private final ConcurrentMap<String, Instant> waiting;

    private final Semaphore atOnce;

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
        this.atOnce = new Semaphore(AT_ONCE);
    }

    /**
     * Asks for all sources once; to be called every hour or so. One that cannot be asked now is left until the next time, or for as long as its
     * server wants; a slow one holds back no other.
     */
    public void check() {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Recheck type : types) {
                for (Source source : unitOfWork.read(tx -> sources.listening(tx, type.type()))) {
                    if (clock.instant().isAfter(waiting.getOrDefault(source.id(), Instant.MIN))) {
                        each.execute(() -> ask(type, source));
                    }
                }
            }
        }
    }

    private void ask(Recheck type, Source source) {
        boolean free = false;
        try {
            atOnce.acquire();
            free = true;
            check(type, source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("source", source.id()).log("what is still there was not asked");
        } finally {
            if (free) {
                atOnce.release();
            }
        }
    }

    private void check(Recheck type, Source source) {
        Channel channel = channel(source);
        if (source.channelId() != null && channel == null) {
            return;
        }
        List<String> ids = lately(source, type.most());
        for (int from = 0; from < ids.size(); from += type.batch()) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + type.batch()));
            switch (type.check(source, channel, some)) {
                case Recheck.NotChecked(PublishResult.NoEffect outcome) -> {
                    if (outcome instanceof PublishResult.Throttled throttled && throttled.until() != null) {
                        waiting.put(source.id(), throttled.until());
                    } else if (outcome instanceof PublishResult.Unreachable unreachable
                            && unreachable.until() != null) {
                        waiting.put(source.id(), unreachable.until());
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
