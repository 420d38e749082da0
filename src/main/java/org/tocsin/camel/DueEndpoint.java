package org.tocsin.camel;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.tocsin.base.DueQueue;

/** Where due work comes from. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "due",
        title = "Due work",
        syntax = "due:name",
        consumerOnly = true,
        category = {Category.CORE})
public final class DueEndpoint extends DefaultEndpoint {
    private final DueQueue<?> queue;
    private final Clock clock;

    @UriPath(description = "The queue's name in the registry")
    private String name = "";

    @UriParam(defaultValue = "64", description = "How much work is in hand at once")
    private int slots = 64;

    @UriParam(defaultValue = "1000", description = "Milliseconds between two looks when nothing rings")
    private long pollMillis = 1000;

    DueEndpoint(String uri, DueComponent component, DueQueue<?> queue, Clock clock) {
        super(uri, component);
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("due: hands out work, it takes none");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DueConsumer<?> consumer =
                new DueConsumer<>(this, processor, queue, clock, slots, Duration.ofMillis(pollMillis));
        configureConsumer(consumer);
        return consumer;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public int getSlots() {
        return slots;
    }

    public void setSlots(int slots) {
        this.slots = slots;
    }

    public long getPollMillis() {
        return pollMillis;
    }

    public void setPollMillis(long pollMillis) {
        this.pollMillis = pollMillis;
    }
}
