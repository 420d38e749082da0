package org.tocsin.web.desk;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Networks;
import org.tocsin.post.TextSize;
import org.tocsin.publishing.Composed;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostPlan;
import org.tocsin.publishing.RevisionPlan;
import org.tocsin.web.Rules;

/** Shows a draft on each of its channels, by the code that publishes: what it counts is what the network will count. */
public final class Preview {
    private static final double NEAR = 0.9;

    private final PlanPost planner;
    private final Networks networks;

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;

    Preview(DeskParts parts) {
        this.planner = parts.planner();
        this.networks = parts.networks();
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
    }

    /**
     * @param faults   of the draft as a whole
     * @param warnings what the author should know
     */
    public record Seen(List<Shown> channels, List<String> faults, List<String> warnings) {
        /** @return how much is wrong or worth knowing */
        public int notes() {
            return faults.size()
                    + warnings.size()
                    + channels.stream().mapToInt(one -> one.faults().size()).sum();
        }

        /** @return the counts and how much is wrong, in a few words, for who hears the page, and where the preview is folded */
        public String brief(Visit visit) {
            Stream<String> counts = channels.stream()
                    .map(one -> switch (one.parts().size()) {
                        case 0 -> visit.t("desk.write.brief.not", "channel", one.channel());
                        case 1 ->
                            visit.t(
                                    "desk.write.brief.one",
                                    "channel",
                                    one.channel(),
                                    "says",
                                    one.parts().getFirst().count());
                        default ->
                            visit.t(
                                    "desk.write.brief.thread",
                                    "channel",
                                    one.channel(),
                                    "number",
                                    one.parts().size());
                    });
            int notes = faults.size() + warnings.size();
            return Stream.concat(
                            counts,
                            notes == 0 ? Stream.empty() : Stream.of(visit.t("desk.write.brief.notes", "number", notes)))
                    .collect(Collectors.joining(". "));
        }

        /**
         * @param told  what is told above the form, and need not be said again
         * @param above says so where nothing else is left to say
         */
        Seen without(List<String> told, String above) {
            return new Seen(
                    channels.stream().map(one -> one.without(told, above)).toList(),
                    faults.stream().filter(fault -> !told.contains(fault)).toList(),
                    warnings);
        }
    }

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
                    said(visit, plan.warnings(), all));
        } catch (FaultException e) {
            return each(visit, chosen, e, channel -> {
                boolean fields = networks.of(channel).limits(channel).contentWarning();
                return shown(
                        planner.plan(visit.actor(), draft.request(List.of(channel.id()), false, fields, 0)), visit);
            });
        }
    }

    /**
     * What is changed, as it will be accepted: only what that would be refused for is a fault.
     *
     * @param planned what would be accepted for some of the channels, by their ids
     */
    Seen changing(Visit visit, List<Channel> all, Function<Set<String>, PostPlan> planned) {
        try {
            PostPlan plan = planned.apply(Set.copyOf(ids(all)));
            return new Seen(
                    plan.composed().stream().map(one -> shown(one, visit)).toList(),
                    List.of(),
                    said(visit, plan.warnings(), all));
        } catch (FaultException e) {
            return each(visit, all, e, channel -> shown(planned.apply(Set.of(channel.id())), visit));
        }
    }

    /**
     * What is corrected: what each channel will say then, edited or in answer, by the same code that sends it.
     *
     * @param planned what would be accepted for some of the channels, by their ids
     * @param told    what happens there, in words
     */
    Seen correcting(
            Visit visit,
            List<Channel> all,
            Function<Set<String>, RevisionPlan> planned,
            Function<RevisionPlan.Step, String> told) {
        try {
            RevisionPlan plan = planned.apply(Set.copyOf(ids(all)));
            return new Seen(
                    plan.steps().stream()
                            .flatMap(step -> step(visit, all, step, told).stream())
                            .toList(),
                    List.of(),
                    said(visit, plan.warnings(), all));
        } catch (FaultException e) {
            return each(
                    visit,
                    all,
                    e,
                    channel -> step(
                                    visit,
                                    all,
                                    planned.apply(Set.of(channel.id())).steps().getFirst(),
                                    told)
                            .orElseThrow());
        }
    }

    private Optional<Shown> step(
            Visit visit, List<Channel> all, RevisionPlan.Step step, Function<RevisionPlan.Step, String> told) {
        return all.stream()
                .filter(channel -> channel.id().equals(step.delivery().channelId()))
                .findFirst()
                .map(channel ->
                        step.composed() == null ? blank(visit, channel, List.of()) : shown(step.composed(), visit))
                .map(shown -> shown.about(told.apply(step)));
    }

    /**
     * What was accepted already, as it stands: its warnings were told when it was written, its time may have come, and nobody is asked for the
     * pages behind its links.
     */
    Seen standing(Visit visit, Draft draft, List<Channel> all) {
        if (draft.channels().isEmpty()) {
            return new Seen(List.of(), List.of(), List.of());
        }
        try {
            PostPlan plan = planner.stands(visit.actor(), draft.request(draft.channels(), false, true, 0));
            return new Seen(
                    plan.composed().stream().map(one -> shown(one, visit)).toList(), List.of(), List.of());
        } catch (FaultException e) {
            return new Seen(List.of(), visit.said(e), List.of());
        }
    }

    /**
     * What is wrong on one channel hides nothing of the others.
     *
     * @param alone what is shown of a channel that is asked about by itself
     */
    private Seen each(Visit visit, List<Channel> chosen, FaultException whole, Function<Channel, Shown> alone) {
        List<Shown> shown = new ArrayList<>();
        List<Fault> common = new ArrayList<>(whole.faults());
        Map<Channel, FaultException> failed = new HashMap<>();
        Map<Channel, Shown> composed = new HashMap<>();
        for (Channel channel : chosen) {
            try {
                composed.put(channel, alone.apply(channel));
            } catch (FaultException e) {
                e.faults().stream().filter(whole.faults()::contains).forEach(common::remove);
                failed.put(channel, e);
            }
        }
        // What is wrong with the text everywhere is said once, above.
        Set<String> everywhere = failed.size() < 2 || failed.size() < chosen.size()
                ? Set.of()
                : failed.values().stream()
                        .map(visit::said)
                        .map(Set::copyOf)
                        .reduce((one, other) ->
                                one.stream().filter(other::contains).collect(Collectors.toSet()))
                        .orElse(Set.of());
        for (Channel channel : chosen) {
            FaultException fault = failed.get(channel);
            shown.add(
                    fault == null
                            ? Objects.requireNonNull(composed.get(channel))
                            : blank(
                                    visit,
                                    channel,
                                    visit.said(fault).stream()
                                            .filter(said -> !everywhere.contains(said))
                                            .toList()));
        }
        return new Seen(
                shown,
                Stream.concat(common.stream().map(Fault::message).map(visit::said), everywhere.stream())
                        .distinct()
                        .toList(),
                List.of());
    }

    private Shown blank(Visit visit, Channel channel, List<String> faults) {
        return new Shown(
                channel.name(),
                channel.network(),
                Marks.letter(channel.network()),
                about(visit, channel),
                List.of(),
                null,
                faults);
    }

    private String about(Visit visit, Channel channel) {
        if (channel.network().equals("rehearsal")) {
            return visit.said(Rules.of(networks.standsFor(channel)));
        }
        String account =
                unitOfWork.read(tx -> channels.health(tx, channel.id())).account();
        String network = visit.network(channel.network());
        return account == null || account.isBlank() ? network : network + " · " + account;
    }

    /** Warnings that differ by their channel alone are one, with the names of the others. */
    private static List<String> said(Visit visit, List<Message> warnings, List<Channel> all) {
        Map<Message, List<String>> alike = new LinkedHashMap<>();
        for (Message warning : warnings) {
            Map<String, String> rest = new HashMap<>(warning.args());
            String channel = rest.remove("channel");
            List<String> names = alike.computeIfAbsent(new Message(warning.code(), rest), key -> new ArrayList<>());
            all.stream()
                    .filter(one -> one.id().equals(channel))
                    .map(Channel::name)
                    .forEach(names::add);
        }
        List<String> said = new ArrayList<>();
        alike.forEach((warning, names) -> {
            Map<String, String> args = new HashMap<>(warning.args());
            if (!names.isEmpty()) {
                args.put("channel", names.getFirst());
            }
            String first = visit.said(new Message(warning.code(), args));
            said.add(
                    names.size() < 2
                            ? first
                            : first + " "
                                    + visit.t(
                                            "desk.write.also",
                                            "channels",
                                            String.join(", ", names.subList(1, names.size()))));
        });
        return said;
    }

    private static List<String> ids(List<Channel> channels) {
        return channels.stream().map(Channel::id).toList();
    }

    private Shown shown(PostPlan alone, Visit visit) {
        return shown(alone.composed().getFirst(), visit);
    }

    private Shown shown(Composed composed, Visit visit) {
        List<Shown.Part> parts = new ArrayList<>();
        Optional<LinkCard> card = Optional.empty();
        for (Composed.Part part : composed.parts()) {
            TextSize size = part.size();
            String warning = part.content().contentWarning();
            int all = composed.parts().size();
            parts.add(new Shown.Part(
                    part.shown(),
                    all == 1 ? "" : (parts.size() + 1) + "/" + all,
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
                about(visit, composed.channel()),
                parts,
                card.map(one -> new Shown.Card(one.title(), one.description(), one.url(), CardPages.picture(one)))
                        .orElse(null),
                List.of());
    }

    private static String count(TextSize size, Visit visit) {
        NumberFormat numbers = NumberFormat.getIntegerInstance(visit.locale());
        return size.limit() >= Integer.MAX_VALUE
                ? visit.t("desk.write.count.free", "actual", numbers.format(size.actual()), "unit", size.unit())
                : visit.t(
                        "desk.write.count",
                        "actual",
                        numbers.format(size.actual()),
                        "limit",
                        numbers.format(size.limit()),
                        "unit",
                        size.unit());
    }

    private static String kind(TextSize size) {
        if (!size.fits()) {
            return "wrong";
        }
        return size.actual() > size.limit() * NEAR ? "care" : "good";
    }
}
