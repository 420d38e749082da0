package org.tocsin.network.rehearsal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Channel;
import org.tocsin.network.Draft;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.post.TextSize;

/** Gives a post on the timeline other words. */
final class RehearsalEditing implements Editing {
    private final UnitOfWork unitOfWork;
    private final RehearsalTimeline timeline;
    private final BiFunction<Channel, Draft, TextSize> measure;
    private final Clock clock;

    /** @param measure by the rules of the network that the channel stands for */
    RehearsalEditing(
            UnitOfWork unitOfWork,
            RehearsalTimeline timeline,
            BiFunction<Channel, Draft, TextSize> measure,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.timeline = timeline;
        this.measure = measure;
        this.clock = clock;
    }

    @Override
    public RenderResult render(Channel channel, Rewording rewording) {
        boolean images = !rewording.pictures().isEmpty();
        TextSize size = measure.apply(channel, new Draft(rewording.text(), rewording.contentWarning(), images));
        if (!size.fits()) {
            return new RenderResult.NotRendered(new PublishResult.Refused(
                    Reason.of("rehearsal.text", "limit", size.limit(), "actual", size.actual(), "unit", size.unit())));
        }
        RehearsalContent content = new RehearsalContent(
                RehearsalNetwork.NONE,
                rewording.text(),
                rewording.language(),
                rewording.contentWarning(),
                null,
                List.of(),
                rewording.linkCard(),
                null,
                0,
                1);
        return new RenderResult.Rendered(content.write(), rewording.text());
    }

    @Override
    public EditResult edit(Channel channel, Receipt receipt, String body) {
        RehearsalContent words = RehearsalContent.read(body);
        try {
            return unitOfWork.write(Urgency.DELIVERY, tx -> {
                Optional<RehearsalPost> found = timeline.find(tx, channel.branch(), channel.id(), receipt.remoteId())
                        .filter(post -> post.withdrawnAt() == null);
                found.ifPresent(post -> timeline.reword(
                        tx, post.channelId(), post.id(), post.content().saying(words), clock.instant()));
                return found.isPresent() ? new EditResult.Edited(receipt) : new EditResult.Gone();
            });
        } catch (FaultException e) {
            return new EditResult.Later(new Reason(e.faults().getFirst().message(), null, ""));
        }
    }
}
