package org.tocsin.alert;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.delivery.Notices;

/**
 * What needs a person.
 *
 * @param id             stable; the event id by which a receiver knows a repeat
 * @param branch         whose
 * @param kind           the sort
 * @param subject        the id of the delivery or channel
 * @param message        what to tell
 * @param createdAt      when
 * @param state          {@code NEW}, {@code SENT}, {@code FAILED}, {@code NONE} where no way out is set
 * @param attempts       to send it
 * @param acknowledgedAt when a person has seen to it, or what it tells of has ended by itself; null before
 */
public record Notice(
        String id,
        BranchId branch,
        Notices.Kind kind,
        String subject,
        Message message,
        Instant createdAt,
        String state,
        int attempts,
        @Nullable Instant acknowledgedAt) {
    /** A notice that is about many deliveries has a word for its subject. */
    private static final Pattern DELIVERY = Pattern.compile("[0-9a-f-]{36}");

    /** @return the path of the desk at which one sees to it */
    public String place() {
        return switch (kind) {
            case HELD, UNKNOWN, LATE, REFUSED, EXHAUSTED, DELETE_REFUSED, REVISION_REFUSED, APPROVAL ->
                DELIVERY.matcher(subject).matches() ? "/desk/deliveries/" + subject : "/desk";
            case DECLINED -> "/desk/posts/" + subject;
            case CHANNEL_HELD, TOKEN_EXPIRING, BUDGET, BOT_HELD -> "/desk/channels";
            case API_TOKEN_EXPIRING -> "/desk/tokens";
            case SOURCE -> "/desk/listen";
            case WATCH -> "/desk/listen/watches/" + subject;
            case ALERT -> "/desk/alerts";
            case WAY -> "/desk/recipients";
            case OBJECTION -> "/desk/rights";
            case NEWSLETTER -> "/desk/newsletters/" + subject;
            case LETTERS -> "/desk/newsletters";
            case LEFT_LOST, REGISTER -> "/desk/subscribers";
            case SUBSCRIBER_WEBHOOK -> "/desk/sign-up";
            case CLOCK_JUMP -> "/desk";
        };
    }
}
