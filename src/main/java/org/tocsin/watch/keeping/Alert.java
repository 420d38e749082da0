package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.watch.Hit;

/**
 * What a watch has rung for: once for its story and each recipient.
 *
 * @param watchVersion of the words that matched
 * @param mentionId    the first mention of the story that matched
 * @param recipientId  whom it is for; {@link #TEAM} for everybody
 * @param episode      0 for mentions
 * @param hits         where the words stand in that mention
 * @param more         how many further mentions of the story matched since
 * @param push         how it is told
 * @param handling     what people did with it
 */
public record Alert(
        String id,
        BranchId branch,
        String watchId,
        long watchVersion,
        String mentionId,
        String storyId,
        String recipientId,
        long episode,
        List<Hit> hits,
        long more,
        Instant createdAt,
        Push push,
        Handling handling,
        long version) {
    /** Everybody who may look. */
    public static final String TEAM = "team";

    /** Why an alert is kept and pushed to nobody. */
    public enum Quiet {
        MUTED,
        SNOOZED
    }

    /** Where an alert stands. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        ANSWERED
    }

    /**
     * How it is told.
     *
     * @param quiet      null where it is
     * @param escalateAt when the next is told of it; null for never
     * @param from       the alert that was not answered in time; null for a first one
     */
    public record Push(
            boolean urgent,
            @Nullable Quiet quiet,
            @Nullable Instant escalateAt,
            @Nullable String from) {}

    /**
     * What people did with it.
     *
     * @param acknowledgedAt null while nobody has said that it was seen
     * @param assignee       the id of who sees to it; null for nobody
     * @param answeredAt     null while nobody has said that it was answered
     * @param answerUrl      where; null where that was not said
     */
    public record Handling(
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable String assignee,
            @Nullable Instant answeredAt,
            @Nullable String answeredBy,
            @Nullable String answerUrl) {
        /** Of one that is new. */
        public static final Handling NONE = new Handling(null, null, null, null, null, null);
    }

    public Alert {
        hits = List.copyOf(hits);
    }

    /** @return where it stands */
    public State state() {
        if (handling.answeredAt() != null) {
            return State.ANSWERED;
        }
        return handling.acknowledgedAt() != null ? State.ACKNOWLEDGED : State.OPEN;
    }

    /** The same for another, who is told because nobody answered. */
    Alert passedOn(String newId, String to, Instant now, @Nullable Instant next) {
        return new Alert(
                newId,
                branch,
                watchId,
                watchVersion,
                mentionId,
                storyId,
                to,
                episode,
                hits,
                0,
                now,
                new Push(true, null, next, id),
                Handling.NONE,
                1);
    }
}
