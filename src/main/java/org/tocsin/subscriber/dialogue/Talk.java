package org.tocsin.subscriber.dialogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation stands. It is forgotten after a day.
 *
 * @param language {@code fr} or {@code en}
 * @param topics   ids of what was ticked so far
 * @param link     what brought him, as it came with {@code /start}; null for nothing
 * @param textId   of the text of consent to which he agreed; null until he did
 */
public record Talk(
        Step step,
        String language,
        Set<String> topics,
        @Nullable String link,
        @Nullable String textId) {
    public Talk {
        topics = Set.copyOf(topics);
    }

    /** What is waited for. */
    public enum Step {
        /** Nothing. */
        IDLE,
        /** Whether he agrees. */
        CONSENT,
        /** What he ticks, on the way in. */
        TOPICS,
        /** What he ticks, being there already. */
        CHANGE,
        /** Whether by mail or here. */
        WHERE,
        /** An address for mail. */
        ADDRESS,
        /** Another address. */
        CORRECTION,
        /** Whether he is sure that all is to be erased. */
        ERASURE
    }

    static Talk begun(String language) {
        return new Talk(Step.IDLE, language, Set.of(), null, null);
    }

    Talk at(Step next) {
        return new Talk(next, language, topics, link, textId);
    }

    Talk with(Set<String> ticked) {
        return new Talk(step, language, ticked, link, textId);
    }

    Talk in(String other) {
        return new Talk(step, other, topics, link, textId);
    }

    Talk from(@Nullable String brought) {
        return new Talk(step, language, topics, brought, textId);
    }

    Talk agreed(String text) {
        return new Talk(step, language, topics, link, text);
    }
}
