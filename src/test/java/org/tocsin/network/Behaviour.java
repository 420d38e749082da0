package org.tocsin.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What a fake server does with the next request of a sort, instead of what it would do by itself. */
public sealed interface Behaviour {
    /** Whether the request has its effect all the same. */
    boolean effect();

    /** Answers this; the request has its effect first if {@code effect} says so. */
    record Answer(int status, Map<String, String> headers, String body, boolean effect) implements Behaviour {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** The same with one more header. */
        public Answer with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body, effect);
        }

        /** The same answer to a request that had its effect. */
        public Answer afterEffect() {
            return new Answer(status, headers, body, true);
        }
    }

    /** Reads the whole request, then closes the connection. */
    record Drop(boolean effect) implements Behaviour {}

    /** Sends the head of the right answer and half of its body, then closes the connection. */
    record Half(boolean effect) implements Behaviour {}

    /** Waits until the latch is open (or the server closes), then does what is right. */
    record Wait(CountDownLatch until) implements Behaviour {
        @Override
        public boolean effect() {
            return true;
        }
    }

    /** Does what it would do by itself: to script the second request and leave the first alone. */
    record Normal() implements Behaviour {
        @Override
        public boolean effect() {
            return true;
        }
    }

    /** An answer in JSON, without effect. */
    static Answer answer(int status, String json) {
        return new Answer(status, Map.of("Content-Type", "application/json"), json, false);
    }

    /** A page instead of an answer of the API, without effect. */
    static Answer html(int status) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html"),
                "<!doctype html><html><body><h1>Something</h1>" + "<p>more of it</p>".repeat(100) + "</body></html>",
                false);
    }

    /** The connection closes after the whole request arrived, which has no effect. */
    static Behaviour drop() {
        return new Drop(false);
    }

    /** The request has its effect, and the connection closes without an answer. */
    static Behaviour dropAfterEffect() {
        return new Drop(true);
    }
}
