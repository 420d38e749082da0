package org.tocsin.web.desk;

import org.tocsin.base.Message;
import org.tocsin.network.ChannelHealth;

/**
 * How a channel is: a colour, a shape and a word.
 *
 * @param kind good, care, wrong or waiting
 * @param sign the same as a shape
 * @param word in words
 */
public record HealthMark(String kind, String sign, String word) {
    static HealthMark of(Visit visit, ChannelHealth health) {
        return switch (health.status()) {
            case OK -> new HealthMark("good", "✓", visit.said(Message.of("web.health.ok")));
            case UNCHECKED -> new HealthMark("waiting", "…", visit.said(Message.of("web.health.unchecked")));
            case DEGRADED -> new HealthMark("care", "!", visit.said(Message.of("web.health.degraded")));
            case UNREACHABLE -> new HealthMark("care", "!", visit.said(Message.of("web.health.unreachable")));
            case UNAUTHORIZED -> new HealthMark("wrong", "✕", visit.said(Message.of("web.health.unauthorized")));
        };
    }

    /** @return whether somebody who writes there should know */
    public boolean bad() {
        return kind.equals("care") || kind.equals("wrong");
    }
}
