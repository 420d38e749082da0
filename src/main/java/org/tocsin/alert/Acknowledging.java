package org.tocsin.alert;

import java.time.Clock;
import java.util.Optional;
import org.tocsin.base.UnitOfWork;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository;
import org.tocsin.watch.keeping.Alerts;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchRepository;

/** What a link in a mail shows and does. A look changes nothing: programs that look at mail open every link. */
public final class Acknowledging {
    private final UnitOfWork unitOfWork;
    private final RecipientRepository recipients;
    private final AlertRepository rows;
    private final WatchRepository watches;
    private final Alerts alerts;
    private final RecipientActors actors;
    private final AckLinks links;
    private final Clock clock;

    public Acknowledging(
            UnitOfWork unitOfWork,
            RecipientRepository recipients,
            AlertRepository rows,
            WatchRepository watches,
            Alerts alerts,
            RecipientActors actors,
            AckLinks links,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.recipients = recipients;
        this.rows = rows;
        this.watches = watches;
        this.alerts = alerts;
        this.actors = actors;
        this.links = links;
        this.clock = clock;
    }

    /**
     * What a link is for.
     *
     * @param watch name of the watch that rang
     * @param open  whether nobody has acknowledged it yet
     */
    public record Shown(String watch, boolean open) {}

    private record Meant(Recipient recipient, Alert alert, String watch) {}

    private Optional<Meant> meant(String token) {
        return links.read(token, clock.instant())
                .flatMap(ack -> unitOfWork.read(tx -> recipients
                        .find(tx, ack.recipientId())
                        .flatMap(recipient -> rows.find(tx, recipient.branch(), ack.alertId())
                                .filter(alert -> alert.recipientId().equals(recipient.id())
                                        || alert.recipientId().equals(Alert.TEAM))
                                .map(alert -> new Meant(
                                        recipient,
                                        alert,
                                        watches.find(tx, alert.branch(), alert.watchId())
                                                .map(Watch::name)
                                                .orElse(alert.watchId()))))));
    }

    /** @return empty where the link is not ours, too old, or of somebody who is no longer told */
    public Optional<Shown> look(String token) {
        return meant(token).map(meant -> new Shown(meant.watch(), meant.alert().state() == Alert.State.OPEN));
    }

    /** Acknowledges the alert in the name of who was told; a second time changes nothing. @return as {@link #look}, after that */
    public Optional<Shown> acknowledge(String token) {
        Optional<Meant> meant = meant(token);
        meant.ifPresent(one ->
                alerts.acknowledge(actors.of(one.recipient()), one.alert().id()));
        return meant.map(one -> new Shown(one.watch(), false));
    }
}
