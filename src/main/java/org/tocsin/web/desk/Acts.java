package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.network.Channel;
import org.tocsin.publishing.ApprovePost;

/**
 * The buttons under a draft. Each says what it will do, and what it sends says the same: a button that speaks of another time than the
 * fields do, for they were changed since, does nothing but ask.
 *
 * @param acts the first is the one that is meant most
 * @param hint how long it can be taken back
 */
public record Acts(List<Act> acts, String hint) {
    private static final String NOW = "now";
    private static final String ANYWAY = "anyway";
    private static final String LATER = "later";
    private static final String NEXT = "next";
    private static final String SLOT = "slot";
    private static final String AT = "at ";

    private static final String WHEN = "/when";

    /**
     * One button.
     *
     * @param value what it sends
     * @param word  what it says
     */
    public record Act(String value, String word) {}

    /**
     * @param channels where it goes
     * @param undo     how long it can be taken back when it does not wait
     * @param slot     the next free slot of its channels; empty where they have none
     */
    static Acts of(
            Visit visit, Draft draft, List<Channel> channels, Times times, Duration undo, Optional<Instant> slot) {
        List<String> awaited = channels.stream()
                .filter(channel -> ApprovePost.wanted(visit.actor(), channel))
                .map(Channel::name)
                .toList();
        Acts plain = plain(visit, draft, channels.size(), times, undo, slot);
        if (awaited.isEmpty()) {
            return plain;
        }
        String hint = visit.t("desk.write.approval", "channels", String.join(", ", awaited)) + " " + plain.hint();
        return new Acts(
                plain.acts().stream()
                        .map(act -> new Act(
                                act.value(),
                                awaited.size() < channels.size()
                                        ? visit.t(
                                                "desk.write.approved.some", "act", act.word(), "count", awaited.size())
                                        : visit.t("desk.write.approved", "act", act.word())))
                        .toList(),
                hint);
    }

    private static Acts plain(
            Visit visit, Draft draft, int channels, Times times, Duration undo, Optional<Instant> slot) {
        String where = channels == 0 ? "" : " " + visit.t("desk.write.on", "count", channels);
        if (!draft.dated()) {
            String hint = undo.isZero()
                    ? visit.t("desk.write.hint.gone")
                    : visit.t("desk.write.hint.undo", "seconds", undo.toSeconds());
            List<Act> acts = new ArrayList<>();
            acts.add(new Act(NOW, visit.t("desk.write.now") + where));
            slot.ifPresent(at -> acts.add(new Act(NEXT + " " + at, visit.t("desk.write.next", "time", visit.at(at)))));
            acts.add(new Act(LATER, visit.t("desk.write.plan")));
            return new Acts(List.copyOf(acts), hint);
        }
        Optional<String> time = time(visit, draft, times);
        List<Act> acts = new ArrayList<>();
        acts.add(
                time.isPresent()
                        ? new Act(AT + stamp(draft), visit.t("desk.write.later", "time", time.get()) + where)
                        : new Act(LATER, visit.t("desk.write.plan") + where));
        slot.ifPresent(
                at -> acts.add(new Act(SLOT + " " + at, visit.t("desk.write.next.anyway", "time", visit.at(at)))));
        acts.add(new Act(ANYWAY, visit.t("desk.write.anyway")));
        return new Acts(
                List.copyOf(acts),
                time.isEmpty()
                        ? visit.t("desk.write.date")
                        : past(draft, times) ? visit.t("desk.write.hint.past") : visit.t("desk.write.hint.later"));
    }

    /**
     * @param slot the next free slot as it is now
     * @throws FaultException INVALID where the button speaks of another, or the fields name a day or a time of which it says nothing
     */
    static void same(Visit visit, Draft draft, Times times, Optional<Instant> slot) {
        String when = visit.form().get("when");
        boolean anyway = when.startsWith(SLOT);
        if (!anyway) {
            undated(visit, draft, times, true);
        }
        if (!when.equals((anyway ? SLOT : NEXT) + slot.map(at -> " " + at).orElse(""))) {
            throw FaultException.invalid(WHEN, Message.of("desk.write.moved"));
        }
    }

    /** @return whether it goes to the next free slot */
    static boolean next(Visit visit) {
        String when = visit.form().get("when");
        return when.startsWith(NEXT) || when.startsWith(SLOT);
    }

    /** @return whether that is a question of {@link #later}, which the buttons answer */
    static boolean asks(FaultException fault) {
        return fault.faults().stream().map(Fault::pointer).anyMatch(WHEN::equals);
    }

    private static String stamp(Draft draft) {
        return draft.at() + " " + draft.zone();
    }

    private static ZoneId zone(Draft draft, Times times) {
        return draft.zone().isBlank() ? times.zone() : ZoneId.of(draft.zone());
    }

    /** @return whether its time, which can be read, has gone by: the button would be refused */
    private static boolean past(Draft draft, Times times) {
        return times.past(LocalDateTime.parse(draft.at()).atZone(zone(draft, times)));
    }

    /** @return when it will go out, as people say it; empty while that is not known */
    private static Optional<String> time(Visit visit, Draft draft, Times times) {
        try {
            if (draft.timed()) {
                ZoneId zone = zone(draft, times);
                String told = times.at(LocalDateTime.parse(draft.at()), zone, visit.locale());
                return Optional.of(zone.equals(times.zone()) ? told : told + " (" + zone.getId() + ")");
            }
        } catch (DateTimeException notATime) {
            // Told when it is sent: while one types, it is only not there yet.
        }
        return Optional.empty();
    }

    /**
     * A button that says another time than the fields asks which of the two is meant.
     *
     * @param next whether the button says the next free slot; else now
     */
    private static void undated(Visit visit, Draft draft, Times times, boolean next) {
        if (draft.dated()) {
            throw FaultException.invalid(
                    WHEN,
                    time(visit, draft, times)
                            .map(time -> next
                                    ? Message.of("desk.write.which.next", "time", time)
                                    : Message.of("desk.write.which", "time", time))
                            .orElseGet(
                                    () -> Message.of(next ? "desk.write.which.next.half" : "desk.write.which.half")));
        }
    }

    /**
     * @return whether it waits for its time
     * @throws FaultException INVALID where the button and the fields do not say the same
     */
    static boolean later(Visit visit, Draft draft, Times times) {
        String when = visit.form().get("when");
        boolean at = when.startsWith(AT);
        if (at && !when.equals(AT + stamp(draft))) {
            throw FaultException.invalid(WHEN, Message.of("desk.write.moved"));
        }
        if (at || when.equals(LATER)) {
            if (!draft.timed()) {
                throw FaultException.invalid("/at", Message.of("desk.write.date"));
            }
            return true;
        }
        if (!when.equals(ANYWAY)) {
            undated(visit, draft, times, false);
        }
        // A form that was sent without a button, by a script or by a key, has not said "now".
        if (!when.equals(ANYWAY) && !when.equals(NOW)) {
            throw FaultException.invalid(WHEN, Message.of("desk.write.unsaid"));
        }
        return false;
    }
}
