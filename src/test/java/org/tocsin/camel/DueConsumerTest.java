package org.tocsin.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Wakeup;

/** Work that fails is due at once for ever: the consumer must neither hammer it nor forget it. */
class DueConsumerTest {
    private static final long PATIENCE = 20;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final OneThing queue = new OneThing();
    private final BlockingQueue<Long> handled = new LinkedBlockingQueue<>();

    /** One row that is always due. */
    private static final class OneThing implements DueQueue<String> {
        private final Wakeup bell = new Wakeup();
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicInteger looks = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public List<String> claim(int max) {
            looks.incrementAndGet();
            if (broken) {
                broken = false;
                throw new StackOverflowError();
            }
            return busy.compareAndSet(false, true) ? List.of("thing") : List.of();
        }

        @Override
        public void release(String work) {
            busy.set(false);
            bell.ring();
        }

        @Override
        public Optional<Instant> nextAt() {
            return Optional.of(Instant.EPOCH);
        }

        @Override
        public Wakeup wakeup() {
            return bell;
        }
    }

    @BeforeEach
    void bind() {
        camel.getRegistry().bind("thing", queue);
        camel.addComponent("due", new DueComponent(Clock.systemUTC()));
    }

    private void start(boolean handledByTheRoute) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(handledByTheRoute);
                from("due:thing").process(exchange -> {
                    handled.add(System.nanoTime());
                    throw new IllegalStateException("no");
                });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private long next() throws InterruptedException {
        Long at = handled.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(at).as("it is not forgotten").isNotNull();
        return at;
    }

    @Test
    void what_fails_is_tried_again_after_waits_that_grow_also_where_the_route_has_handled_it() throws Exception {
        start(true);
        long first = next();
        long second = next();
        long third = next();
        assertThat(Duration.ofNanos(second - first)).isGreaterThanOrEqualTo(Duration.ofMillis(950));
        assertThat(Duration.ofNanos(third - second)).isGreaterThanOrEqualTo(Duration.ofMillis(1950));
        assertThat(queue.looks.get()).as("looks while nothing can be claimed").isLessThan(60);
    }

    @Test
    void an_error_while_claiming_does_not_end_the_claiming() throws Exception {
        queue.broken = true;
        start(false);
        next();
    }
}
