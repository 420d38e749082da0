package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.Rhythm;
import org.tocsin.watch.keeping.Ringing;
import org.tocsin.watch.keeping.Ringings;

/** How watches ring, on the page where they are kept. */
final class WatchRings {
    private final Ringings ringings;
    private final Recipients recipients;
    private final Clock clock;

    WatchRings(DeskParts parts) {
        this.ringings = parts.alerting().ringings();
        this.recipients = parts.alerting().recipients();
        this.clock = parts.clock();
    }

    /** @return whom a watch can ring for */
    List<Choice> choices(Visit visit) {
        return recipients.all(visit.actor()).stream()
                .map(seen -> new Choice(seen.recipient().id(), seen.recipient().name()))
                .toList();
    }

    /** @return what is wrong with how a watch rings */
    Optional<Message> trouble(Visit visit, String watchId) {
        return ringings.trouble(visit.actor(), watchId);
    }

    WatchRow.Ring row(Visit visit, String watchId) {
        Ringing ringing = ringings.of(watchId);
        Instant until = ringing.snoozedUntil();
        boolean snoozed = until != null && clock.instant().isBefore(until);
        return new WatchRow.Ring(
                ringing.recipients(),
                ringing.rhythm().mode().name(),
                ringing.rhythm().mode() == Rhythm.Mode.AT_N
                        ? String.valueOf(ringing.rhythm().count())
                        : "",
                ringing.urgent(),
                String.valueOf(ringing.escalateAfter().toMinutes()),
                ringing.muted(),
                until != null && snoozed ? visit.t("desk.listen.snoozed", "time", visit.at(until)) : "");
    }

    private static @Nullable Integer number(Form form, String name) {
        return form.some(name)
                .map(text -> text.matches("\\d{1,6}") ? Integer.valueOf(text) : Integer.valueOf(-1))
                .orElse(null);
    }

    /** A form of an earlier page says nothing of it, and changes nothing. */
    private static Ringings.@Nullable Wanted wanted(Form form) {
        if (!form.on("mode")) {
            return null;
        }
        return new Ringings.Wanted(
                form.all("recipients"),
                form.get("mode"),
                number(form, "count"),
                form.on("urgent"),
                number(form, "minutes"),
                form.on("muted"));
    }

    /** Before anything is saved. */
    void check(Visit visit, String watchId) {
        Ringings.Wanted wanted = wanted(visit.form());
        if (wanted != null) {
            ringings.check(visit.actor(), watchId, wanted);
        }
    }

    void save(Visit visit, String watchId) {
        Ringings.Wanted wanted = wanted(visit.form());
        if (wanted != null) {
            ringings.change(visit.actor(), watchId, wanted);
        }
    }

    /** For so many hours; 0 ends it. */
    void snooze(Visit visit, String watchId) {
        String hours = visit.form().get("hours");
        long count = hours.matches("\\d{1,4}") ? Long.parseLong(hours) : 0;
        ringings.snooze(
                visit.actor(), watchId, count == 0 ? null : clock.instant().plus(Duration.ofHours(count)));
    }
}
