package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.post.MediaRef;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.Schedule;

/** Changes and moves posts that wait, by the form of their page or by the calendar. */
final class Edits {
    /** With that the field of a channel’s own text begins. */
    static final String VARIANT = "variant.";

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final EditPost edit;
    private final ChannelRepository channels;
    private final MediaRepository media;
    private final Networks networks;
    private final Preview preview;
    private final ZoneId zone;

    Edits(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.edit = parts.edit();
        this.channels = parts.channels();
        this.media = parts.media();
        this.networks = parts.networks();
        this.preview = new Preview(parts);
        this.zone = parts.zone();
    }

    /** @return what was typed, else how it is; null where the post cannot be changed by who looks */
    @Nullable
    EditForm of(Visit visit, Post post, List<Delivery> all) {
        boolean open = all.stream().anyMatch(Edits::waits)
                && all.stream().allMatch(one -> waits(one) || one.state() == DeliveryState.CANCELLED);
        if (!open || post.deletedAt() != null || !visit.may("POST")) {
            return null;
        }
        Form form = visit.form();
        // The calendar moves, and sends nothing else: what it did not send is as it was.
        boolean typed = form.on("images");
        Draft draft = typed ? Draft.of(form) : stored(post, all);
        if (!typed && form.on("date")) {
            // Its days are those of the organisation, in whichever zone the post was planned.
            draft = draft.at(
                    form.get("date"), form.get("time"), form.some("zone").orElse(zone.getId()));
        }
        Draft shown = draft;
        List<Channel> some = unitOfWork.read(tx -> channels.all(tx, post.branch())).stream()
                .filter(channel -> shown.channels().contains(channel.id()))
                .toList();
        TreeSet<String> visibilities = new TreeSet<>();
        boolean warnings = false;
        for (Channel channel : some) {
            visibilities.addAll(networks.of(channel).limits(channel).visibilities());
            warnings |= networks.of(channel).limits(channel).contentWarning();
        }
        return new EditForm(
                typed ? form.seen(post.version()) : post.version(),
                shown,
                some.stream()
                        .map(channel -> new EditForm.Own(
                                channel.id(), channel.name(), shown.variants().getOrDefault(channel.id(), "")))
                        .toList(),
                visibilities.stream()
                        .map(one -> new Choice(one, Choice.visibility(visit, one)))
                        .toList(),
                warnings,
                typed ? look(visit, post, all, some) : preview.standing(visit, shown, some));
    }

    /** What is typed, planned as it would be accepted; what says nothing new is shown as it stands. */
    private Preview.Seen look(Visit visit, Post post, List<Delivery> all, List<Channel> some) {
        try {
            EditPost.Edit asked = asked(visit.form(), post, all);
            return asked.isEmpty()
                    ? preview.standing(visit, stored(post, all), some)
                    : preview.changing(visit, some, channels -> edit.look(visit.actor(), post.id(), asked, channels));
        } catch (FaultException unreadable) {
            return new Preview.Seen(List.of(), visit.said(unreadable), List.of());
        }
    }

    /** What the post says now, as if it had been typed. */
    private Draft stored(Post post, List<Delivery> all) {
        ZoneId where = post.zone() == null ? zone : ZoneId.of(post.zone());
        Optional<LocalDateTime> due = post.localTime() == null ? Optional.empty() : due(all, where);
        Map<String, PostVariant> said = new HashMap<>();
        List<String> to = new ArrayList<>();
        all.stream().filter(Edits::waits).forEach(delivery -> {
            to.add(delivery.channelId());
            Optional.ofNullable(post.variants()
                            .getOrDefault(delivery.channelId(), post.variants().get(delivery.network())))
                    .ifPresent(variant -> said.put(delivery.channelId(), variant));
        });
        return Draft.again(post, to, said, images(post), where.getId(), "")
                .at(
                        due.map(one -> one.toLocalDate().toString()).orElse(""),
                        due.map(one -> one.toLocalTime().toString()).orElse(""),
                        where.getId());
    }

    /** @return what a channel says instead of the text of the post; empty where it says the same */
    static String own(Post post, Delivery delivery) {
        PostVariant variant = post.variants()
                .getOrDefault(delivery.channelId(), post.variants().get(delivery.network()));
        return variant == null || variant.text() == null ? "" : variant.text();
    }

    private List<Picture> images(Post post) {
        return post.media().stream()
                .map(ref -> new Picture(
                        ref.mediaId(),
                        unitOfWork
                                .read(tx -> media.find(tx, post.branch(), ref.mediaId()))
                                .map(Media::label)
                                .orElse(""),
                        ref.alt()))
                .toList();
    }

    /** Those that were not ticked to go, each with its description. */
    private static List<MediaRef> typed(Form form) {
        List<String> ids = form.all("media");
        List<String> alts = form.all("alt");
        List<String> gone = form.all("drop");
        return IntStream.range(0, ids.size())
                .filter(i -> !gone.contains(ids.get(i)))
                .mapToObj(i -> new MediaRef(
                        ids.get(i),
                        i < alts.size() ? alts.get(i).replace("\r\n", "\n").strip() : ""))
                .toList();
    }

    /**
     * @param some   the deliveries of which the form has a field
     * @param common what is said where a channel says nothing of its own
     * @return what channels say otherwise than before; null where none does
     */
    static @Nullable Map<String, PostVariant> variants(Form form, Post post, List<Delivery> some, String common) {
        Map<String, PostVariant> changed = new HashMap<>();
        some.stream()
                .filter(delivery -> form.on(VARIANT + delivery.channelId()))
                .forEach(delivery -> {
                    String text = form.get(VARIANT + delivery.channelId());
                    PostVariant before = post.variants()
                            .getOrDefault(delivery.channelId(), post.variants().get(delivery.network()));
                    // One of the network would stand in again for one that is taken away.
                    boolean inherited = before != null && !post.variants().containsKey(delivery.channelId());
                    if (!text.strip().equals(own(post, delivery).strip())) {
                        changed.put(
                                delivery.channelId(),
                                new PostVariant(
                                        text.isBlank() ? inherited ? common : null : text,
                                        before == null ? null : before.contentWarning(),
                                        before == null ? null : before.visibility()));
                    }
                });
        return changed.isEmpty() ? null : changed;
    }

    private static boolean waits(Delivery delivery) {
        return delivery.state() == DeliveryState.SCHEDULED || delivery.state() == DeliveryState.DUE;
    }

    private static Optional<LocalDateTime> due(List<Delivery> all, ZoneId where) {
        return all.stream()
                .filter(Edits::waits)
                .map(Delivery::dueAt)
                .min(Instant::compareTo)
                .map(at -> LocalDateTime.ofInstant(at, where).truncatedTo(ChronoUnit.MINUTES));
    }

    /**
     * Changes what is different from what the post says now, and nothing else: an approval is not lost for a form sent unchanged.
     *
     * @return what the author should know
     * @throws FaultException as {@link EditPost#edit}
     */
    List<Message> edit(Visit visit) {
        String id = visit.request().param("id");
        Form form = visit.form();
        Post post = unitOfWork
                .read(tx -> posts.find(tx, visit.user().branch(), id))
                .orElseThrow(() -> FaultException.notFound("post", id));
        List<Delivery> all = unitOfWork.read(tx -> deliveries.ofPost(tx, id));
        return edit.edit(visit.actor(), id, asked(form, post, all), (tx, accepted) -> accepted.warnings());
    }

    private EditPost.Edit asked(Form form, Post post, List<Delivery> all) {
        ZoneId where = Schedule.zone("/zone", form.some("zone").orElse(null), zone);
        boolean moved = moved(form, post, all, where);
        // Only the form of the page has them; the calendar moves, and says nothing else.
        boolean whole = form.on("images");
        List<MediaRef> images = whole ? typed(form) : post.media();
        boolean thread = whole ? form.on("thread") : post.allowThread();
        return new EditPost.Edit(
                form.version(),
                changed(form, "text", post.text()),
                changed(form, "language", post.language()),
                moved ? form.get("date") + "T" + form.get("time") : null,
                moved ? where.getId() : null,
                thread == post.allowThread() ? null : thread,
                thread == post.allowThread() ? null : thread,
                variants(
                        form,
                        post,
                        all.stream().filter(Edits::waits).toList(),
                        form.on("text") ? form.get("text") : post.text()),
                images.equals(post.media()) ? null : images,
                changed(form, "warning", post.contentWarning()),
                changed(form, "visibility", post.visibility()));
    }

    static @Nullable String changed(Form form, String field, @Nullable String before) {
        return form.on(field) && !form.get(field).equals(Objects.requireNonNullElse(before, ""))
                ? form.get(field)
                : null;
    }

    /** In an hour that comes twice a time that was not touched stays which of the two it was; another zone with it may mean the other. */
    private boolean moved(Form form, Post post, List<Delivery> all, ZoneId where) {
        boolean day = form.some("date").isPresent();
        if (day != form.some("time").isPresent()) {
            throw FaultException.invalid("/at", Message.of("desk.edit.time"));
        }
        if (!day) {
            return false;
        }
        try {
            LocalDateTime wanted = LocalDateTime.parse(form.get("date") + "T" + form.get("time"));
            boolean same = due(all, where)
                    .filter(wanted.truncatedTo(ChronoUnit.MINUTES)::equals)
                    .isPresent();
            ZoneId before = post.zone() == null ? zone : ZoneId.of(post.zone());
            return !same
                    || (!where.equals(before)
                            && all.stream()
                                    .filter(Edits::waits)
                                    .map(Delivery::dueAt)
                                    .noneMatch(
                                            wanted.atZone(where).toInstant().truncatedTo(ChronoUnit.MINUTES)::equals));
        } catch (DateTimeException unreadable) {
            // It is refused with the reason where times are read.
            return true;
        }
    }
}
