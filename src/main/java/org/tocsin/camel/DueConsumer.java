package org.tocsin.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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
 * more; an exception in it is logged, for what happened is what was committed. Work whose exchange failed is kept from being claimed
 * for a while that grows: its row may say that it is due at once.
 */
final class DueConsumer<W> extends DefaultConsumer {
    private static final Logger log = LoggerFactory.getLogger(DueConsumer.class);
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration LONGEST_AFTER_FAULT = Duration.ofSeconds(60);
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

    private final DueQueue<W> queue;
    private final Clock clock;
    private final int size;
    private final Duration poll;
    private final Semaphore slots;
    private final CountDownLatch stopped;
    private final Map<Object, Integer> failures;
    private int emptyLooks;
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
        this.stopped = new CountDownLatch(1);
        this.failures = new ConcurrentHashMap<>();
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
            Duration pause;
            try {
                pause = claimOnce();
            } catch (RuntimeException | Error e) {
                if (!claiming) {
                    log.atDebug().setCause(e).log("the claimer was told to stop while it looked");
                    return;
                }
                // A full disk, say: nothing is sent while nothing can be written. Whatever it is: a claimer that is
                // gone
                // would send nothing, and say nothing.
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
            try {
                pool.execute(() -> handle(work));
            } catch (RejectedExecutionException e) {
                log.atDebug().setCause(e).log("work was claimed while the consumer stopped");
                slots.release();
                queue.release(work);
            }
        }
        if (!claimed.isEmpty()) {
            emptyLooks = 0;
            return Duration.ofMillis(1);
        }
        Duration wait =
                queue.nextAt().map(at -> Duration.between(clock.instant(), at)).orElse(poll);
        if (wait.isNegative()) {
            // What is due and cannot be claimed waits for something that rings: to look ever again would not help it.
            wait = SHORTEST_LOOK.multipliedBy(1L << Math.min(6, emptyLooks++));
        } else {
            emptyLooks = 0;
        }
        return wait.compareTo(poll) < 0 ? wait : poll;
    }

    private void handle(W work) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getIn().setBody(work);
            getProcessor().process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        } finally {
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("due work failed", exchange, exchange.getException());
            }
            // What the routes' error policy has handled has failed all the same.
            boolean failed = exchange.getException() != null || exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
            releaseExchange(exchange, false);
            end(work, failed);
        }
    }

    private void end(W work, boolean failed) {
        slots.release();
        Object key = queue.key(work);
        if (!failed) {
            failures.remove(key);
            queue.release(work);
            queue.wakeup().ring();
            return;
        }
        int times = Math.min(10, failures.merge(key, 1, Integer::sum));
        Duration pause = AFTER_FAULT.multipliedBy(1L << (times - 1));
        try {
            boolean stopping =
                    stopped.await(Math.min(pause.toMillis(), LONGEST_AFTER_FAULT.toMillis()), TimeUnit.MILLISECONDS);
            log.atDebug().addKeyValue("stopping", stopping).log("failed work may be claimed again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.release(work);
    }

    @Override
    protected void doStop() throws Exception {
        claiming = false;
        stopped.countDown();
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
