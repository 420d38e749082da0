package org.tocsin.network.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.post.TextSize;

/** A network for tests of what is planned: so many UTF-16 units, link cards, no equal texts on two accounts, and nothing is ever sent. */
public final class CardNetwork implements Network {
    public static final String ID = "card";

    private final int limit;

    public CardNetwork(int limit) {
        this.limit = limit;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Limits limits(Channel channel) {
        ImageLimits images = new ImageLimits(
                Set.of(MediaType.JPEG), 1_000_000, 1_000_000, 1000, 2000, new ImageLimits.Animations(1000));
        return new Limits(
                limit, limit, "utf16", 4, images, 100, false, List.of(), List.of(), true, LocalDate.EPOCH, "made up");
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(draft.text().length(), limit, "utf16");
    }

    @Override
    public boolean takesLinkCard(Channel channel) {
        return true;
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.KEYED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return List.of();
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        throw new UnsupportedOperationException();
    }

    /** Well, save for what its name says: {@code refused}, {@code ending}; with the id {@code broken} the adapter breaks its promise. */
    @Override
    public ChannelHealth check(Channel channel) {
        if (channel.id().equals("broken")) {
            throw new IllegalStateException("an adapter that throws");
        }
        ChannelHealth.Status status = switch (channel.name()) {
            case "refused" -> ChannelHealth.Status.UNAUTHORIZED;
            case "ending" -> ChannelHealth.Status.DEGRADED;
            default -> ChannelHealth.Status.OK;
        };
        Reason reason = status == ChannelHealth.Status.OK ? null : Reason.of("network.unauthorized");
        return new ChannelHealth(status, reason, channel.id(), Instant.EPOCH);
    }
}
