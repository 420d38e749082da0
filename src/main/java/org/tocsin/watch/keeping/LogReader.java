package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tocsin.base.DueQueue;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;

/**
 * Hands a reader of the log what it has not seen, in order, one batch at a time. How far it has come is a row, which the reader moves on in
 * the transaction of what it made of the batch: a batch that was not finished is handed out again.
 */
public final class LogReader implements DueQueue<LogReader.Batch> {
    /** So many mentions are one transaction of their alerts. */
    private static final int AT_ONCE = 200;

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final String reader;
    private final Clock clock;
    private final Wakeup wakeup;
    private final AtomicBoolean busy;

    /**
     * @param reader names the row
     * @param wakeup rung when something was heard
     */
    public LogReader(UnitOfWork unitOfWork, MentionRepository mentions, String reader, Clock clock, Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.reader = reader;
        this.clock = clock;
        this.wakeup = wakeup;
        this.busy = new AtomicBoolean();
    }

    /**
     * A piece of the log.
     *
     * @param from     how far the reader had come
     * @param mentions what follows, in order; not empty
     */
    public record Batch(String reader, long from, List<Mention> mentions) {
        public Batch {
            mentions = List.copyOf(mentions);
        }

        /** @return how far the reader has come with this */
        long to() {
            return mentions.getLast().changeSeq();
        }
    }

    @Override
    public List<Batch> claim(int max) {
        if (!busy.compareAndSet(false, true)) {
            return List.of();
        }
        Batch batch = unitOfWork.read(tx -> {
            long from = mentions.seen(tx, reader);
            return new Batch(reader, from, mentions.after(tx, from, AT_ONCE));
        });
        if (batch.mentions().isEmpty()) {
            busy.set(false);
            return List.of();
        }
        return List.of(batch);
    }

    @Override
    public void release(Batch batch) {
        busy.set(false);
        wakeup.ring();
    }

    @Override
    public Object key(Batch batch) {
        return batch.from();
    }

    @Override
    public Optional<Instant> nextAt() {
        return busy.get()
                ? Optional.empty()
                : unitOfWork.read(tx -> mentions.after(tx, mentions.seen(tx, reader), 1)).stream()
                        .findFirst()
                        .map(waiting -> clock.instant());
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }
}
