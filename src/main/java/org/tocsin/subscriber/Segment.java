package org.tocsin.subscriber;

import java.util.Set;

/**
 * Which subscribers a letter goes to: those who fit everything that is named here. An empty set asks for nothing.
 *
 * @param topics    ids; whoever chose one of them, or everything
 * @param languages {@code fr}, {@code en}
 * @param links     codes of what brought people
 * @param reaches   by mail, on Telegram
 */
public record Segment(Set<String> topics, Set<String> languages, Set<String> links, Set<Subscriber.Reach> reaches) {
    /** Everybody. */
    public static final Segment ALL = new Segment(Set.of(), Set.of(), Set.of(), Set.of());

    public Segment {
        topics = Set.copyOf(topics);
        languages = Set.copyOf(languages);
        links = Set.copyOf(links);
        reaches = Set.copyOf(reaches);
    }
}
