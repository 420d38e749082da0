package org.tocsin.newsletter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.UserId;
import org.tocsin.subscriber.Segment;

/**
 * What is written once and goes to everybody in a segment.
 *
 * @param texts      by language; whoever reads another one gets that of the main language
 * @param at         when it goes out, or went out; null where nobody has said
 * @param zone       in which the time was given
 * @param alsoPost   whether it becomes a post as well when it goes out
 * @param reason     why it is paused; null where a person paused it, or where it is not
 * @param prepared   whether every recipient has his row
 * @param checkpoint the last subscriber who has his row; empty for none, and once all have theirs or it is over
 * @param startedAt  when the first row was made; null until then
 * @param endedAt    when it was sent or stopped; null until then
 * @param version    grows with every change
 */
public record Newsletter(
        String id,
        BranchId branch,
        State state,
        String mainLanguage,
        Map<String, Text> texts,
        Segment segment,
        @Nullable Instant at,
        String zone,
        boolean alsoPost,
        @Nullable Message reason,
        boolean prepared,
        String checkpoint,
        UserId by,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {
    public Newsletter {
        texts = Map.copyOf(texts);
    }

    /** Where it stands. */
    public enum State {
        DRAFT,
        SCHEDULED,
        SENDING,
        PAUSED,
        SENT,
        STOPPED;

        /** @return whether it has gone out to somebody, or may have */
        public boolean isPublic() {
            return this == SENDING || this == SENT;
        }
    }

    /** @return whether anybody may read it: letters with its address are out, or may be */
    public boolean isPublic() {
        return state.isPublic() || ((state == State.PAUSED || state == State.STOPPED) && startedAt != null);
    }

    /**
     * What is written, in one language.
     *
     * @param subject   one line
     * @param preheader what a mail program shows beside the subject; empty for the first words
     * @param body      in Markdown (CommonMark)
     */
    public record Text(String subject, String preheader, String body) {}

    /** @return the text for a reader of that language */
    public Text text(String language) {
        Text own = texts.get(language);
        Text main = texts.get(mainLanguage);
        if (own != null || main != null) {
            return own != null ? own : main;
        }
        throw new IllegalStateException("newsletter " + id + " has no text");
    }

    /** @return the language of the text for a reader of that language */
    public String language(String language) {
        return texts.containsKey(language) ? language : mainLanguage;
    }

    /** @return the next version in another state */
    Newsletter in(State next, @Nullable Message why, Instant now) {
        boolean over = next == State.SENT || next == State.STOPPED;
        return new Newsletter(
                id,
                branch,
                next,
                mainLanguage,
                texts,
                segment,
                at,
                zone,
                alsoPost,
                why,
                prepared,
                // It names a person, and nothing is gone on with any more.
                over ? "" : checkpoint,
                by,
                createdAt,
                next == State.SENDING && startedAt == null ? now : startedAt,
                over ? now : null,
                version + 1);
    }

    /** @return the next version, to go out at that time */
    Newsletter due(Instant when, String where) {
        return new Newsletter(
                id,
                branch,
                State.SCHEDULED,
                mainLanguage,
                texts,
                segment,
                when,
                where,
                alsoPost,
                null,
                prepared,
                checkpoint,
                by,
                createdAt,
                startedAt,
                endedAt,
                version + 1);
    }

    /** @return the next version, whose rows are made up to that subscriber */
    Newsletter upTo(String subscriberId, boolean all) {
        return new Newsletter(
                id,
                branch,
                state,
                mainLanguage,
                texts,
                segment,
                at,
                zone,
                alsoPost,
                reason,
                all,
                subscriberId,
                by,
                createdAt,
                startedAt,
                endedAt,
                version + 1);
    }
}
