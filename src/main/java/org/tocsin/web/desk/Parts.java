package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;

/** The parts of a delivery in plain words: which they are, where each stands, and what a person is asked about them. */
public final class Parts {
    /** Enough to find it again. */
    private static final int BEGINNING = 60;

    private Parts() {}

    /**
     * A line of a part.
     *
     * @param url  where it is; empty for none
     * @param said whether it is what people read there, or where it stands; else what goes with that
     */
    public record Line(String text, String url, boolean said) {
        Line(String text, String url) {
            this(text, url, true);
        }
    }

    /**
     * @param count how many parts the delivery has
     * @return which part it is and where it stands, with the receipt and its address, unless it is the only one and is not out; then
     *     what it says, with its warning; and what else goes out with it, which nobody sees in its words
     */
    static List<Line> of(Visit visit, DeliverySegment segment, int count) {
        DeliverySegment.Content content = segment.content();
        String text = content.contentWarning() == null
                ? content.text()
                : "⚠ " + content.contentWarning() + "\n" + content.text();
        Receipt receipt = segment.receipt();
        String url = receipt == null || receipt.url() == null || !Rows.web(receipt.url()) ? "" : receipt.url();
        List<Line> lines = new ArrayList<>();
        if (count > 1 || receipt != null) {
            lines.add(new Line(head(visit, segment, count), url));
        }
        lines.add(new Line(text, ""));
        lines.addAll(beside(visit, segment));
        return lines;
    }

    private static String head(Visit visit, DeliverySegment segment, int count) {
        String state = visit.said(state(visit, segment));
        return count == 1
                ? state
                : visit.t("desk.part.of", "number", segment.index() + 1, "count", count, "state", state);
    }

    /** What it answers, who may see it and the card of its link: who approves it agrees to these as well. */
    private static List<Line> beside(Visit visit, DeliverySegment segment) {
        DeliverySegment.Content content = segment.content();
        List<Line> lines = new ArrayList<>();
        RemoteRef under = content.replyTo();
        if (under != null) {
            boolean web = Rows.web(under.url());
            lines.add(new Line(
                    web ? visit.t("desk.part.answers") : visit.t("desk.part.answers.id", "id", under.remoteId()),
                    web ? under.url() : "",
                    false));
        }
        String visibility = content.visibility();
        if (visibility != null && segment.index() == 0) {
            lines.add(new Line(
                    visit.t("desk.part.visibility", "visibility", Choice.visibility(visit, visibility)), "", false));
        }
        LinkCard card = content.linkCard();
        if (card != null) {
            lines.add(new Line(
                    visit.t("desk.part.card", "title", card.title()), Rows.web(card.url()) ? card.url() : "", false));
        }
        return lines;
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
