package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.PostMetrics;
import org.tocsin.audience.keeping.Engagements;
import org.tocsin.base.LocalNumbers;

/** How a post was answered, in the words and numbers of whoever looks. */
final class Answers {
    /** What is not known. */
    static final String UNKNOWN = "–";

    private final Engagements engagements;

    Answers(Engagements engagements) {
        this.engagements = engagements;
    }

    /** @return null where the post is out nowhere */
    @Nullable
    Answered of(Visit visit, String postId) {
        Engagements.OfPost of = engagements.ofPost(visit.actor(), postId);
        if (of.channels().isEmpty()) {
            return null;
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Answered.History> histories = new ArrayList<>();
        for (Engagements.OnChannel one : of.channels()) {
            one.latest()
                    .ifPresent(latest ->
                            rows.add(row(visit, one.name(), latest.counts(), Stream.of(visit.at(latest.takenAt())))));
            note(visit, one, notes);
            if (one.readings().size() > 1) {
                histories.add(new Answered.History(
                        one.name(),
                        one.readings().reversed().stream()
                                .map(reading -> reading(visit, reading))
                                .toList()));
            }
        }
        List<String> sum =
                of.told() < 2 ? List.of() : row(visit, visit.t("desk.engagement.sum"), of.sums(), Stream.of(""));
        return new Answered(rows, sum, of.told(), notes, histories);
    }

    private static List<String> reading(Visit visit, PostMetrics reading) {
        return row(visit, visit.at(reading.takenAt()), reading.counts(), Stream.empty());
    }

    private static List<String> row(Visit visit, String head, Counts counts, Stream<String> tail) {
        Stream<@Nullable Long> numbers = Stream.<@Nullable Long>of(
                counts.likes(), counts.reposts(), counts.replies(), counts.quotes(), counts.views());
        return Stream.of(Stream.of(head), numbers.map(number -> number(visit, number)), tail)
                .flatMap(part -> part)
                .toList();
    }

    private static String number(Visit visit, @Nullable Long number) {
        return number == null ? UNKNOWN : LocalNumbers.text(number, visit.locale());
    }

    private static void note(Visit visit, Engagements.OnChannel one, List<String> notes) {
        EngagementDue row = one.row();
        if (!one.telling()) {
            notes.add(
                    one.delivery().network().equals("telegram")
                            ? visit.t("desk.engagement.telegram", "channel", one.name())
                            : visit.t("desk.engagement.silent", "channel", one.name()));
        } else if (row != null && row.goneAt() != null) {
            notes.add(visit.t("desk.engagement.gone", "channel", one.name(), "time", row.goneAt()));
        } else if (row != null && row.reason() != null) {
            notes.add(visit.t("desk.engagement.why", "channel", one.name(), "reason", visit.said(row.reason())));
        } else if (one.latest().isEmpty()) {
            notes.add(visit.t("desk.engagement.soon", "channel", one.name()));
        }
    }
}
