package org.tocsin.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.Notice;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Wakeup;

/** Stands where no way out for notices is set: they are kept and shown, not sent. */
public final class NoNotices implements DueQueue<Notice> {
    private static final Logger log = LoggerFactory.getLogger(NoNotices.class);

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

    /** Says in the log what cannot be told elsewhere. */
    public void send(Notice notice) {
        log.atWarn().addKeyValue("notice", notice.id()).log("no way out is set for notices");
    }
}
