package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.network.Channel;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Networks;
import org.tocsin.post.TextSize;
import org.tocsin.publishing.Composed;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostPlan;

/** Shows a draft on each of its channels, by the code that publishes: what it counts is what the network will count. */
public final class Preview {
    private static final double NEAR = 0.9;

    private final PlanPost planner;
    private final Networks networks;

    Preview(PlanPost planner, Networks networks) {
        this.planner = planner;
        this.networks = networks;
    }

    /**
     * @param faults   of the draft as a whole
     * @param warnings what the author should know
     */
    public record Seen(List<Shown> channels, List<String> faults, List<String> warnings) {}

    Seen of(Visit visit, Draft draft, List<Channel> all) {
        List<Channel> chosen =
                all.stream().filter(one -> draft.channels().contains(one.id())).toList();
        if (draft.text().isBlank() || chosen.isEmpty()) {
            return new Seen(List.of(), List.of(), List.of());
        }
        try {
            PostPlan plan = planner.plan(visit.actor(), draft.request(ids(chosen), draft.timed(), true, 0));
            return new Seen(
                    plan.composed().stream().map(one -> shown(one, visit)).toList(),
                    List.of(),
                    plan.warnings().stream().map(visit::said).toList());
        } catch (FaultException e) {
            return each(visit, draft, chosen, e);
        }
    }

    /** What is wrong on one channel hides nothing of the others. */
    private Seen each(Visit visit, Draft draft, List<Channel> chosen, FaultException whole) {
        List<Shown> shown = new ArrayList<>();
        List<Fault> common = new ArrayList<>(whole.faults());
        for (Channel channel : chosen) {
            try {
                boolean fields = networks.of(channel).limits(channel).contentWarning();
                PostPlan plan = planner.plan(visit.actor(), draft.request(List.of(channel.id()), false, fields, 0));
                shown.add(shown(plan.composed().getFirst(), visit));
            } catch (FaultException e) {
                List<Fault> own =
                        e.faults().stream().filter(whole.faults()::contains).toList();
                common.removeAll(own);
                shown.add(new Shown(
                        channel.name(),
                        channel.network(),
                        Marks.letter(channel.network()),
                        List.of(),
                        "",
                        "",
                        visit.said(e)));
            }
        }
        return new Seen(
                shown,
                common.stream().map(Fault::message).map(visit::said).distinct().toList(),
                List.of());
    }

    private static List<String> ids(List<Channel> channels) {
        return channels.stream().map(Channel::id).toList();
    }

    private static Shown shown(Composed composed, Visit visit) {
        List<Shown.Part> parts = new ArrayList<>();
        Optional<LinkCard> card = Optional.empty();
        for (Composed.Part part : composed.parts()) {
            TextSize size = part.size();
            String warning = part.content().contentWarning();
            parts.add(new Shown.Part(
                    part.shown(),
                    count(size, visit),
                    kind(size),
                    warning == null ? "" : warning,
                    part.content().media().stream()
                            .map(ref -> new Picture(ref.mediaId(), "", ref.alt()))
                            .toList()));
            if (card.isEmpty()) {
                card = Optional.ofNullable(part.content().linkCard());
            }
        }
        return new Shown(
                composed.channel().name(),
                composed.channel().network(),
                Marks.letter(composed.channel().network()),
                parts,
                card.map(LinkCard::title).orElse(""),
                card.map(LinkCard::url).map(String::valueOf).orElse(""),
                List.of());
    }

    private static String count(TextSize size, Visit visit) {
        return size.limit() >= Integer.MAX_VALUE
                ? String.valueOf(size.actual())
                : visit.t("desk.write.count", "actual", size.actual(), "limit", size.limit());
    }

    private static String kind(TextSize size) {
        if (!size.fits()) {
            return "wrong";
        }
        return size.actual() > size.limit() * NEAR ? "care" : "good";
    }
}
