package org.tocsin.feed;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Channel;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;

/** Gives a part of an item other words: the item keeps its id, and readers see a later time of change. */
final class FeedEditing implements Editing {
    private final UnitOfWork unitOfWork;
    private final FeedShelf shelf;
    private final int maxText;
    private final Clock clock;

    /** @param maxText UTF-16 units */
    FeedEditing(UnitOfWork unitOfWork, FeedShelf shelf, int maxText, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.shelf = shelf;
        this.maxText = maxText;
        this.clock = clock;
    }

    @Override
    public RenderResult render(Channel channel, Rewording rewording) {
        String text = XmlText.clean(rewording.text());
        if (text.length() > maxText) {
            return new RenderResult.NotRendered(
                    new PublishResult.Refused(Reason.of("feed.text", "limit", maxText, "actual", text.length())));
        }
        FeedRequest request = new FeedRequest(null, rewording.language(), text, List.of(), rewording.linkCard(), null);
        return new RenderResult.Rendered(request.write(), text);
    }

    @Override
    public EditResult edit(Channel channel, Receipt receipt, String body) {
        Optional<PartId> id = PartId.parse(receipt.remoteId());
        if (id.isEmpty()) {
            return new EditResult.Gone();
        }
        FeedRequest request = FeedRequest.read(body);
        // In whole milliseconds, so that what is read back equals what was written.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            return unitOfWork.write(Urgency.DELIVERY, tx -> shelf.reword(tx, id.get(), request, now))
                    ? new EditResult.Edited(receipt)
                    : new EditResult.Gone();
        } catch (FaultException e) {
            return new EditResult.Later(new Reason(e.faults().getFirst().message(), null, ""));
        }
    }
}
