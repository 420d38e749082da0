package org.tocsin.web.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.post.MentionEntry;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.publishing.Slots;
import org.tocsin.web.Response;

/** The form of a message, filled in, beside what each of its channels will show. */
final class WriteForm {
    /** Of the mention book, so that the page stays small; the others are written by hand. */
    private static final int NAMES = 200;

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final Campaigns campaigns;
    private final MentionBookKeeping book;
    private final Networks networks;
    private final Preview preview;
    private final Times times;
    private final Templates templates;
    private final Slots slots;
    private final Duration undo;

    WriteForm(DeskParts parts, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.campaigns = parts.campaigns();
        this.book = parts.book();
        this.networks = parts.networks();
        this.preview = new Preview(parts);
        this.times = times;
        this.templates = templates;
        this.slots = parts.slots();
        this.undo = parts.undo();
    }

    /**
     * What is told above the form.
     *
     * @param asked whether the buttons are the answer to it
     * @param other what somebody else wrote into the same draft; null where nobody did
     */
    record Told(
            List<String> faults, boolean asked, @Nullable Other other) {
        static final Told NOTHING = new Told(List.of(), false, null);
    }

    /** The part of the page that changes while one types. */
    Response part(Visit visit, Draft draft) {
        List<Channel> all = all(visit);
        return templates.page(
                200, "preview", visit, "seen", preview.of(visit, draft, all), "acts", acts(visit, draft, all));
    }

    Response show(int status, Visit visit, Draft draft, Told told) {
        List<Channel> all = all(visit);
        Map<String, HealthMark> health = unitOfWork.read(tx -> all.stream()
                .collect(Collectors.toMap(Channel::id, one -> HealthMark.of(visit, channels.health(tx, one.id())))));
        TreeSet<String> visibilities = new TreeSet<>();
        boolean warnings = false;
        for (Channel channel : all) {
            visibilities.addAll(networks.of(channel).limits(channel).visibilities());
            warnings |= networks.of(channel).limits(channel).contentWarning();
        }
        return templates.page(
                status,
                "write",
                visit,
                "draft",
                draft,
                "channels",
                all.stream()
                        .map(one -> new Chip(
                                one.id(),
                                one.name(),
                                one.network(),
                                Marks.letter(one.network()),
                                health.get(one.id()),
                                draft.channels().contains(one.id())))
                        .toList(),
                "campaigns",
                campaigns.all(visit.actor()),
                "visibilities",
                visibilities.stream()
                        .map(one -> new Choice(one, Choice.visibility(visit, one)))
                        .toList(),
                "warnings",
                warnings,
                "seen",
                preview.of(visit, draft, all).without(told.faults(), visit.t("desk.write.above")),
                "acts",
                acts(visit, draft, all),
                "faults",
                told.faults(),
                "book",
                book.all(visit.actor()).stream()
                        .map(MentionEntry::name)
                        .limit(NAMES)
                        .toList(),
                "asked",
                told.asked(),
                "other",
                told.other());
    }

    private List<Channel> all(Visit visit) {
        return unitOfWork.read(tx -> channels.all(tx, visit.user().branch()));
    }

    private Acts acts(Visit visit, Draft draft, List<Channel> all) {
        List<Channel> chosen =
                all.stream().filter(one -> draft.channels().contains(one.id())).toList();
        return Acts.of(
                visit, draft, chosen, times, undo, slots.next(visit.user().branch(), draft.channels()));
    }
}
