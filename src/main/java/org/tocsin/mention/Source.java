package org.tocsin.mention;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * Where items come from, with how far it has been read.
 *
 * @param type          which {@link MentionSource} reads it, such as {@code feed}
 * @param name          as people call it
 * @param url           of what is read; null where the channel says it all
 * @param channelId     whose account reads; null for none
 * @param query         what is listened for, a tag or words; null where the type asks for none
 * @param ceiling       millionths of a US dollar that its readings may cost in a month of UTC; null where reading is free
 * @param cursor        how far it has been read, in the form of its type; committed with the items it stands for; null before the first
 *                      success
 * @param attempts      that have failed since the last that succeeded
 * @param reason        why the last reading failed, or why it has stopped; null where neither is so
 * @param nextAt        when it is read next
 * @param lastSuccessAt null before the first
 * @param lastHeardAt   when something new was heard last; null before the first
 * @param churn         how many readings in a row have brought nearly nothing but news: ids that change at each reading look like that
 * @param version       counts the changes by people
 */
public record Source(
        String id,
        BranchId branch,
        String type,
        String name,
        @Nullable String url,
        @Nullable String channelId,
        @Nullable String query,
        @Nullable Long ceiling,
        SourceState state,
        @Nullable String cursor,
        int attempts,
        @Nullable Message reason,
        Instant nextAt,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastHeardAt,
        int churn,
        Instant createdAt,
        long version) {
    /** @return since when nothing is known of it, from the last success or from when it was added */
    public Duration lag(Instant now) {
        return Duration.between(lastSuccessAt == null ? createdAt : lastSuccessAt, now);
    }

    /** @return the same in words, in its largest unit */
    public Message lagTold(Instant now) {
        Duration lag = lag(now);
        if (lag.toMinutes() < 1) {
            return Message.of("heard.lag.now");
        }
        if (lag.toHours() < 1) {
            return Message.of("heard.lag.minutes", "count", lag.toMinutes());
        }
        return lag.toDays() < 2
                ? Message.of("heard.lag.hours", "count", lag.toHours())
                : Message.of("heard.lag.days", "count", lag.toDays());
    }

    /** @return the network that it listens to, as scopes and facets name it: what stands before the dot of its type */
    public String network() {
        return SourceType.network(type);
    }

    /** @return whether it is read: a source that is held is looked at again now and then */
    public boolean enabled() {
        return state == SourceState.LISTENING || state == SourceState.HELD;
    }

    /** @return the row after something was handed in */
    public Source given(Instant now, boolean news) {
        return but(row -> {
            row.attempts = 0;
            row.reason = null;
            row.lastSuccessAt = now;
            row.lastHeardAt = news ? now : lastHeardAt;
            row.churn = 0;
        });
    }

    /** @return the row with another ceiling */
    public Source upTo(@Nullable Long other) {
        return but(row -> {
            row.ceiling = other;
            row.version++;
        });
    }

    /** @return the row with another state, to be read at once where it listens */
    public Source in(SourceState other, @Nullable Message why, Instant now) {
        return but(row -> {
            row.state = other;
            row.attempts = other == SourceState.LISTENING ? 0 : attempts;
            row.reason = why;
            row.nextAt = now;
            row.version++;
        });
    }

    /** @return the row as if it had never been read: what it says first is what stood there before */
    public Source unread() {
        return but(row -> {
            row.cursor = null;
            row.lastSuccessAt = null;
            row.churn = 0;
        });
    }

    /** @return the same source, read somewhere else */
    public Source at(@Nullable String other) {
        return but(row -> row.url = other);
    }

    /** @return the same source, which listens for something else */
    public Source asking(String other) {
        return but(row -> row.query = other);
    }

    /** @return the same source, as if it had been read that far */
    public Source from(@Nullable String other) {
        return but(row -> row.cursor = other);
    }

    /** @return the row under another name */
    public Source named(String other) {
        return but(row -> {
            row.name = other;
            row.version++;
        });
    }

    /**
     * @param told what is to be said of it though it was read
     * @param news whether something new was heard
     * @return the row after it was read at that address, so far
     */
    public Source read(
            @Nullable String address,
            @Nullable String reached,
            int churns,
            @Nullable Message told,
            boolean news,
            Instant next,
            Instant now) {
        return but(row -> {
            row.url = address;
            row.state = SourceState.LISTENING;
            row.cursor = reached;
            row.attempts = 0;
            row.reason = told;
            row.nextAt = next;
            row.lastSuccessAt = now;
            row.lastHeardAt = news ? now : lastHeardAt;
            row.churn = churns;
        });
    }

    /** @return the row after a reading that failed */
    public Source failed(SourceState other, Message why, Instant next) {
        return but(row -> {
            row.state = other;
            row.attempts++;
            row.reason = why;
            row.nextAt = next;
        });
    }

    private Source but(Consumer<Row> change) {
        Row row = new Row(this);
        change.accept(row);
        return row.source(this);
    }

    /** What changes of a source, while it is changed. */
    private static final class Row {
        private String name;
        private @Nullable String url;
        private @Nullable String query;
        private @Nullable Long ceiling;
        private SourceState state;
        private @Nullable String cursor;
        private int attempts;
        private @Nullable Message reason;
        private Instant nextAt;
        private @Nullable Instant lastSuccessAt;
        private @Nullable Instant lastHeardAt;
        private int churn;
        private long version;

        Row(Source source) {
            name = source.name;
            url = source.url;
            query = source.query;
            ceiling = source.ceiling;
            state = source.state;
            cursor = source.cursor;
            attempts = source.attempts;
            reason = source.reason;
            nextAt = source.nextAt;
            lastSuccessAt = source.lastSuccessAt;
            lastHeardAt = source.lastHeardAt;
            churn = source.churn;
            version = source.version;
        }

        Source source(Source before) {
            return new Source(
                    before.id,
                    before.branch,
                    before.type,
                    name,
                    url,
                    before.channelId,
                    query,
                    ceiling,
                    state,
                    cursor,
                    attempts,
                    reason,
                    nextAt,
                    lastSuccessAt,
                    lastHeardAt,
                    churn,
                    before.createdAt,
                    version);
        }
    }
}
