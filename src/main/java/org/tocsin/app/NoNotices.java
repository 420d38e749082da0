package org.tocsin.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.alert.Notice;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Wakeup;

/** Stands where no way out for notices is set: they are kept and shown, not sent. */
public final class NoNotices implements DueQueue<Notice> {
    private final Wakeup wakeup;

    NoNotices(Wakeup wakeup) {
        this.wakeup = wakeup;
    }

    @Override
    public List<Notice> claim(int max) {
        return List.of();
    }

    @Override
    public void release(Notice work) {
        throw new IllegalStateException("nothing was claimed");
    }

    @Override
    public Optional<Instant> nextAt() {
        return Optional.empty();
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Nothing is ever claimed, so nothing is ever sent. */
    public void send(Notice notice) {
        throw new IllegalStateException("no way out is set for notice " + notice.id());
    }
}
