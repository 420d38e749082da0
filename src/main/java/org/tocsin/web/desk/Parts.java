package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Receipt;

/** The parts of a delivery in plain words: which they are, where each stands, and what a person is asked about them. */
public final class Parts {
    /** Enough to find it again. */
    private static final int BEGINNING = 60;

    private Parts() {}

    /**
     * A line of a part.
     *
     * @param url where it is; empty for none
     */
    public record Line(String text, String url) {}

    /**
     * @param count how many parts the delivery has
     * @return which part it is and where it stands, with the receipt and its address, unless it is the only one and is not out; then
     *     what it says, with its warning
     */
    static List<Line> of(Visit visit, DeliverySegment segment, int count) {
        DeliverySegment.Content content = segment.content();
        String text = content.contentWarning() == null
                ? content.text()
                : "⚠ " + content.contentWarning() + "\n" + content.text();
        Receipt receipt = segment.receipt();
        String url = receipt == null || receipt.url() == null || !Rows.web(receipt.url()) ? "" : receipt.url();
        if (count == 1 && receipt == null) {
            return List.of(new Line(text, ""));
        }
        String state = visit.said(state(visit, segment));
        String head = count == 1
                ? state
                : visit.t("desk.part.of", "number", segment.index() + 1, "count", count, "state", state);
        return List.of(new Line(head, url), new Line(text, ""));
    }

    /** @return what a person is asked where the answer to one part of several is not known; empty where there is nothing to ask */
    static String question(Visit visit, List<DeliverySegment> segments) {
        return segments.size() == 1
                ? ""
                : segments.stream()
                        .filter(segment -> switch (segment.state()) {
                            case UNKNOWN -> true;
                            case PENDING, SENDING, PUBLISHED, DELETED -> false;
                        })
                        .findFirst()
                        .map(segment -> visit.t(
                                "desk.part.question",
                                "number",
                                segment.index() + 1,
                                "count",
                                segments.size(),
                                "text",
                                Rows.shorten(segment.content().text(), BEGINNING)))
                        .orElse("");
    }

    /** @return whether the part of which nobody knows is followed by another */
    static boolean followed(List<DeliverySegment> segments) {
        return segments.stream()
                .limit(Math.max(0, segments.size() - 1))
                .anyMatch(segment -> segment.state() == SegmentState.UNKNOWN);
    }

    private static Message state(Visit visit, DeliverySegment segment) {
        Receipt receipt = segment.receipt();
        return switch (segment.state()) {
            case PENDING -> Message.of("desk.part.pending");
            case SENDING -> Message.of("desk.part.sending");
            case UNKNOWN -> Message.of("desk.part.unknown");
            case PUBLISHED ->
                receipt == null
                        ? Message.of("desk.part.online")
                        : Message.of(
                                "desk.part.published",
                                "time",
                                visit.at(receipt.publishedAt()),
                                "id",
                                receipt.remoteId());
            case DELETED -> Message.of("desk.part.deleted");
        };
    }
}
