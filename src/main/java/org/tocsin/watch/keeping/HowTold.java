package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.Rhythm;
import org.tocsin.recipient.Subject;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.recipient.TellingRepository.Told;
import org.tocsin.recipient.Way;

/** Says how each was told of an alert, or what holds it back with him: one message for each clause. */
public final class HowTold {
    private static final List<Rhythm> DIGESTS =
            List.of(new Rhythm(Rhythm.Mode.HOURLY, 0), new Rhythm(Rhythm.Mode.DAILY, 0));

    private final RecipientRepository recipients;
    private final TellingRepository tellings;
    private final Clock clock;

    public HowTold(RecipientRepository recipients, TellingRepository tellings, Clock clock) {
        this.recipients = recipients;
        this.tellings = tellings;
        this.clock = clock;
    }

    List<Message> of(Tx tx, Alert alert) {
        List<Message> said = new ArrayList<>();
        List<Told> told = tellings.told(tx, Subject.ALERT, alert.id());
        if (told.isEmpty() && alert.push().quiet() == null) {
            said.add(Message.of("watching.told.desk"));
        }
        for (Told one : told) {
            Optional<Recipient> recipient = recipients.find(tx, one.telling().recipientId());
            if (recipient.isEmpty()) {
                said.add(Message.of("watching.told.left"));
            } else {
                said.addAll(of(tx, one, recipient.get()));
            }
        }
        Instant next = alert.push().escalateAt();
        if (next != null) {
            said.add(Message.of("watching.told.next", "time", next));
        }
        return said;
    }

    private List<Message> of(Tx tx, Told told, Recipient recipient) {
        return switch (told.state()) {
            case SEEN -> List.of(Message.of("watching.told.seen", "name", recipient.name()));
            case WAITING -> List.of(waiting(told, recipient));
            case PLANNED -> sent(tx, told, recipient);
        };
    }

    private Message waiting(Told told, Recipient recipient) {
        Instant now = clock.instant();
        Instant due = told.telling().dueAt();
        if (!due.isAfter(now)) {
            return Message.of("watching.told.now", "name", recipient.name());
        }
        Instant heard = told.telling().createdAt();
        // By the row alone: the watch may ring otherwise since.
        boolean digest = told.telling().together()
                && DIGESTS.stream()
                        .anyMatch(one -> one.due(heard, recipient.zone()).equals(due));
        if (digest) {
            return Message.of("watching.told.digest", "name", recipient.name(), "time", due);
        }
        boolean quiet = recipient.quiet() != null
                && (recipient
                                .quiet()
                                .end(now, recipient.zone())
                                .filter(due::equals)
                                .isPresent()
                        || recipient
                                .quiet()
                                .end(heard, recipient.zone())
                                .filter(due::equals)
                                .isPresent());
        return quiet
                ? Message.of("watching.told.quiet", "name", recipient.name(), "time", due)
                : Message.of(
                        "watching.told.budget", "name", recipient.name(), "limit", recipient.budget(), "time", due);
    }

    private List<Message> sent(Tx tx, Told told, Recipient recipient) {
        List<Message> said = new ArrayList<>();
        String digest = told.digestId();
        List<Dispatch> texts = digest == null
                ? tellings.dispatches(
                        tx, recipient.id(), Subject.ALERT, told.telling().subject())
                : tellings.dispatches(tx, recipient.id(), Subject.DIGEST, digest);
        if (digest != null) {
            said.add(Message.of("watching.told.in-digest", "name", recipient.name()));
        }
        if (texts.isEmpty()) {
            said.add(Message.of("watching.told.no-way", "name", recipient.name()));
        }
        texts.forEach(text -> said.add(way(tx, text, recipient)));
        return said;
    }

    private Message way(Tx tx, Dispatch text, Recipient recipient) {
        String kind =
                recipients.way(tx, text.wayId()).map(Way::kind).map(Enum::name).orElse("");
        return switch (text.state()) {
            case SENT -> Message.of("watching.told.sent", "name", recipient.name(), "kind", kind);
            case SEEN -> Message.of("watching.told.seen", "name", recipient.name());
            case FAILED -> Message.of("watching.told.failed", "name", recipient.name(), "kind", kind);
            case UNKNOWN -> Message.of("watching.told.unknown", "name", recipient.name(), "kind", kind);
            case SENDING -> Message.of("watching.told.now", "name", recipient.name());
            case WAITING ->
                text.attempts() == 0
                        ? Message.of("watching.told.now", "name", recipient.name())
                        : Message.of(
                                "watching.told.failing",
                                "name",
                                recipient.name(),
                                "kind",
                                kind,
                                "count",
                                text.attempts(),
                                "time",
                                text.nextAt() == null ? clock.instant() : text.nextAt());
        };
    }
}
