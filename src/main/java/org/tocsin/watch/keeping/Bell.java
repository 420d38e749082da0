package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;
import org.tocsin.watch.Hit;

/** Raises alerts for whom a watch names, and tells them. */
final class Bell {
    private final AlertRepository alerts;
    private final RingingRepository ringings;
    private final Outbox outbox;
    private final Wakeup escalate;
    private final Notices notices;
    private final Ids ids;

    /** @param escalate rung when something waits for an answer */
    Bell(AlertRepository alerts, RingingRepository ringings, Outbox outbox, Wakeup escalate, Notices notices, Ids ids) {
        this.alerts = alerts;
        this.ringings = ringings;
        this.outbox = outbox;
        this.escalate = escalate;
        this.notices = notices;
        this.ids = ids;
    }

    /** What has rung; as in {@link Alert}. */
    record Rung(long version, String mentionId, String story, long episode, List<Hit> hits) {}

    /** @param told on the desk, once for all recipients */
    void ring(Tx tx, Watch watch, Rung rung, Message told, Instant now) {
        Ringing ringing = ringings.of(tx, watch.id());
        Alert.Quiet quiet = ringing.quiet(now);
        List<Recipient> named = outbox.named(tx, watch.branch(), ringing.recipients());
        // Where all whom it named are gone the team is told, rather than nobody.
        List<String> whom = named.isEmpty()
                ? List.of(Alert.TEAM)
                : named.stream().map(Recipient::id).toList();
        List<Alert> raised = new ArrayList<>();
        for (String recipientId : whom) {
            Alert alert = new Alert(
                    ids.next(),
                    watch.branch(),
                    watch.id(),
                    rung.version(),
                    rung.mentionId(),
                    rung.story(),
                    recipientId,
                    rung.episode(),
                    rung.hits(),
                    0,
                    now,
                    new Alert.Push(
                            ringing.urgent(),
                            quiet,
                            quiet == null && !named.isEmpty() ? ringing.escalateAt(now) : null,
                            null),
                    Alert.Handling.NONE,
                    1);
            if (alerts.raise(tx, alert)) {
                raised.add(alert);
            } else if (quiet == null) {
                // What began while the watch was silent is told when it goes on.
                alerts.wake(tx, alert).ifPresent(raised::add);
            }
        }
        if (raised.isEmpty() || quiet != null) {
            return;
        }
        for (Alert alert : raised) {
            List<Recipient> listening = named.isEmpty()
                    ? outbox.of(tx, watch.branch(), Notices.Kind.ALERT)
                    : named.stream()
                            .filter(one -> one.id().equals(alert.recipientId()))
                            .toList();
            listening.forEach(to -> outbox.alert(tx, to, watch.id(), alert.id(), ringing.rhythm(), ringing.urgent()));
        }
        tx.afterCommit(escalate::ring);
        notices.raise(tx, watch.branch(), Notices.Kind.ALERT, raised.getFirst().id(), told);
    }
}
