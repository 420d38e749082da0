package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a bot has heard: kept until a call with a higher offset confirms it; a call waits for the next. */
final class FakeUpdates {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<ObjectNode> pending = new ArrayList<>();
    private long last = 870_000;

    void add(String field, JsonNode value) {
        lock.lock();
        try {
            ObjectNode update = JsonNodeFactory.instance.objectNode().put("update_id", ++last);
            update.set(field, value);
            pending.add(update);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next update has that id. */
    void next(long id) {
        lock.lock();
        try {
            last = id - 1;
        } finally {
            lock.unlock();
        }
    }

    ArrayNode get(long offset, int limit, Duration timeout) {
        lock.lock();
        try {
            pending.removeIf(update -> update.path("update_id").asLong() < offset);
            long left = timeout.toNanos();
            while (pending.isEmpty() && left > 0) {
                left = more.awaitNanos(left);
            }
            ArrayNode some = JsonNodeFactory.instance.arrayNode();
            pending.stream().limit(limit).forEach(some::add);
            return some;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return JsonNodeFactory.instance.arrayNode();
        } finally {
            lock.unlock();
        }
    }
}
