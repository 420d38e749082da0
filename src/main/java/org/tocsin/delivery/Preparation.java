package org.tocsin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.DeliverySegment.Upload;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.media.MediaStore;
import org.tocsin.network.Channel;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;
import org.tocsin.post.MediaRef;

/** Everything before the intent: fitting and uploading images, and making the request. Nothing of it is seen by the public. */
final class Preparation {
    /**
     * After that time what was uploaded counts as gone, and what refers to it is made anew: X keeps media for 24 hours, and a Bluesky
     * server collects blobs that no record refers to.
     */
    private static final Duration KEPT = Duration.ofHours(12);

    private static final Set<FaultException.Kind> FOR_GOOD =
            Set.of(FaultException.Kind.INVALID, FaultException.Kind.TOO_LARGE, FaultException.Kind.NOT_FOUND);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final MediaRepository media;
    private final MediaStore files;
    private final Clock clock;

    Preparation(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            MediaRepository media,
            MediaStore files,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.media = media;
        this.files = files;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Prepared {
        /** @param request null when the segment's request was frozen by an earlier intent */
        record Ready(Segment segment, RenderResult.@Nullable Rendered request) implements Prepared {}

        record Blocked(PublishResult.NoEffect outcome) implements Prepared {}

        record Processing(Duration after) implements Prepared {}
    }

    Prepared prepare(
            Network network,
            Channel channel,
            Delivery delivery,
            DeliverySegment stored,
            int count,
            @Nullable Receipt parent) {
        DeliverySegment row = fresh(stored);
        List<SegmentImage> images;
        try {
            images = row.frozen() == null || !row.content().media().isEmpty()
                    ? images(network, channel, delivery, row)
                    : List.of();
        } catch (FaultException e) {
            if (!FOR_GOOD.contains(e.kind())) {
                // A full disk or a busy decoder is ours, and passes.
                throw e;
            }
            return new Prepared.Blocked(
                    new PublishResult.Refused(new Reason(e.faults().getFirst().message(), null, "")));
        }
        DeliverySegment.Content content = row.content();
        RemoteRef answered = row.index() == 0 ? content.replyTo() : null;
        if (answered != null && answered.remoteId().isEmpty() && row.frozen() == null) {
            switch (network.target(channel, answered)) {
                case ReplyTarget.Found(RemoteRef ref) -> answered = ref;
                case ReplyTarget.NotFound(PublishResult.NoEffect outcome) -> {
                    return new Prepared.Blocked(outcome);
                }
            }
        }
        Segment segment = new Segment(
                row.index(),
                count,
                content.text(),
                images,
                content.language(),
                content.contentWarning(),
                content.visibility(),
                content.linkCard(),
                answered);
        if (row.frozen() != null) {
            return new Prepared.Ready(segment, null);
        }
        List<Upload> uploads = new ArrayList<>(row.uploads());
        for (int i = 0; i < images.size(); i++) {
            UploadResult result = upload(network, channel, images.get(i), i < uploads.size() ? uploads.get(i) : null);
            switch (result) {
                case UploadResult.Failed(PublishResult.NoEffect outcome) -> {
                    return new Prepared.Blocked(outcome);
                }
                case UploadResult.Uploaded(String handle) -> keep(row, uploads, i, handle, true);
                case UploadResult.Processing(String handle, Duration after) -> {
                    keep(row, uploads, i, handle, false);
                    return new Prepared.Processing(after);
                }
            }
        }
        List<String> handles = uploads.stream().map(Upload::handle).toList();
        return switch (network.render(channel, segment, row.key(), parent, handles)) {
            case RenderResult.Rendered rendered -> new Prepared.Ready(segment, rendered);
            case RenderResult.NotRendered(PublishResult.NoEffect outcome) -> new Prepared.Blocked(outcome);
        };
    }

    private static UploadResult upload(Network network, Channel channel, SegmentImage image, @Nullable Upload earlier) {
        if (earlier == null) {
            return network.upload(channel, image);
        }
        return earlier.ready()
                ? new UploadResult.Uploaded(earlier.handle())
                : network.uploadState(channel, earlier.handle());
    }

    /** @return the row without what is too old to be relied on, unless a request that was made of it may be out */
    private DeliverySegment fresh(DeliverySegment row) {
        Instant oldest = clock.instant().minus(KEPT);
        boolean old = row.uploads().stream().anyMatch(upload -> upload.atMillis() < oldest.toEpochMilli())
                || (row.frozen() != null && row.frozen().at().isBefore(oldest));
        if (!old
                || unitOfWork.read(tx -> deliveries.attempts(tx, row.deliveryId())).stream()
                        .anyMatch(attempt -> attempt.segment() == row.index() && attempt.left())) {
            return row;
        }
        return row.frozen(null).uploaded(List.of());
    }

    private void keep(DeliverySegment row, List<Upload> uploads, int index, String handle, boolean ready) {
        Upload before = index < uploads.size() ? uploads.get(index) : null;
        if (before != null && before.handle().equals(handle) && before.ready() == ready) {
            return;
        }
        long at = before != null && before.handle().equals(handle) ? before.atMillis() : clock.millis();
        Upload upload = new Upload(handle, ready, at);
        if (before != null) {
            uploads.set(index, upload);
        } else {
            uploads.add(upload);
        }
        if (!handle.isEmpty()) {
            DeliverySegment changed = row.uploaded(uploads);
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                deliveries.saveUploads(tx, changed);
                return changed;
            });
        }
    }

    private List<SegmentImage> images(Network network, Channel channel, Delivery delivery, DeliverySegment row) {
        if (row.content().media().isEmpty()) {
            return List.of();
        }
        ImageLimits limits = network.limits(channel).images();
        List<SegmentImage> images = new ArrayList<>();
        for (MediaRef ref : row.content().media()) {
            Media found = unitOfWork
                    .read(tx -> media.find(tx, delivery.branch(), ref.mediaId()))
                    .orElseThrow(() -> FaultException.notFound("media", ref.mediaId()));
            if (limits == null) {
                throw FaultException.notFound("images", channel.network());
            }
            FittedImage fitted = files.fit(found, limits);
            images.add(new SegmentImage(fitted, ref.alt()));
        }
        return images;
    }
}
