package org.tocsin.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.DueQueue;

/**
 * Claims due work and sends each piece through the route on a virtual thread of its own. The end of an exchange frees a slot and no
 * more; an exception in it is logged, for what happened is what was committed.
 */
final class DueConsumer<W> extends DefaultConsumer {
    private static final Logger log = LoggerFactory.getLogger(DueConsumer.class);
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final DueQueue<W> queue;
    private final Clock clock;
    private final int size;
    private final Duration poll;
    private final Semaphore slots;
    private volatile boolean claiming;
    private @Nullable Thread claimer;
    private @Nullable ExecutorService workers;

    DueConsumer(DueEndpoint endpoint, Processor processor, DueQueue<W> queue, Clock clock, int slots, Duration poll) {
        super(endpoint, processor);
        this.queue = queue;
        this.clock = clock;
        this.size = slots;
        this.poll = poll;
        this.slots = new Semaphore(slots);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        claiming = true;
        workers = Executors.newVirtualThreadPerTaskExecutor();
        claimer = Thread.ofPlatform()
                .name("due-" + getEndpoint().getEndpointUri())
                .daemon(true)
                .start(this::run);
    }

    private void run() {
        while (claiming) {
            Duration pause = poll;
            try {
                pause = claimOnce();
            } catch (RuntimeException e) {
                // A full disk, say: nothing was claimed, and nothing is sent while nothing can be written.
                log.atWarn()
                        .setCause(e)
                        .addKeyValue("endpoint", getEndpoint().getEndpointUri())
                        .log("no work claimed");
                pause = AFTER_FAULT;
            }
            try {
                queue.wakeup().await(pause);
            } catch (InterruptedException e) {
                log.debug("the claimer was told to stop");
                claiming = false;
            }
        }
    }

    private Duration claimOnce() {
        int free = slots.availablePermits();
        if (free == 0) {
            return poll;
        }
        List<W> claimed = queue.claim(free);
        for (W work : claimed) {
            slots.acquireUninterruptibly();
            ExecutorService pool = Objects.requireNonNull(workers);
            pool.execute(() -> handle(work));
        }
        if (!claimed.isEmpty()) {
            return Duration.ofMillis(1);
        }
        return queue.nextAt()
                .map(at -> Duration.between(clock.instant(), at))
                .filter(wait -> wait.compareTo(poll) < 0)
                .map(wait -> wait.isNegative() ? Duration.ofMillis(20) : wait)
                .orElse(poll);
    }

    private void handle(W work) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getIn().setBody(work);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("due work failed", exchange, exchange.getException());
            }
            releaseExchange(exchange, false);
            queue.release(work);
            slots.release();
            queue.wakeup().ring();
        }
    }

    @Override
    protected void doStop() throws Exception {
        claiming = false;
        if (claimer != null) {
            claimer.interrupt();
            claimer.join(DRAIN);
        }
        // What is in hand is brought to an end: a graceful stop leaves nothing unknown.
        if (!slots.tryAcquire(size, DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            log.atWarn().addKeyValue("left", size - slots.availablePermits()).log("work is interrupted by the stop");
        } else {
            slots.release(size);
        }
        if (workers != null) {
            workers.shutdownNow();
        }
        super.doStop();
    }
}
