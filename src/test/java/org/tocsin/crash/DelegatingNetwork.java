package org.tocsin.crash;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.Probed;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextSize;

/** Passes everything on; a subclass does one thing wrong. */
abstract class DelegatingNetwork implements Network {
    private final Network real;

    DelegatingNetwork(Network real) {
        this.real = real;
    }

    @Override
    public String id() {
        return real.id();
    }

    @Override
    public Limits limits(Channel channel) {
        return real.limits(channel);
    }

    @Override
    public Optional<Editing> editing(Channel channel) {
        return real.editing(channel);
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return real.measure(channel, draft);
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return real.guarantee(channel);
    }

    @Override
    public DeliveryKey newKey() {
        return real.newKey();
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return real.validate(channel);
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        return real.upload(channel, image);
    }

    @Override
    public UploadResult uploadState(Channel channel, String handle) {
        return real.uploadState(channel, handle);
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        return real.render(channel, segment, key, parent, uploads);
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        return real.publish(channel, intent);
    }

    @Override
    public PublishResult resume(Channel channel, Intent intent, String handle) {
        return real.resume(channel, intent, handle);
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        return real.find(channel, intent);
    }

    @Override
    public Probed probe(Channel channel, Intent intent) {
        return real.probe(channel, intent);
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        return real.delete(channel, receipt);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        return real.check(channel);
    }

    @Override
    public Cost cost(Channel channel, Segment segment) {
        return real.cost(channel, segment);
    }

    @Override
    public Cost cost(Channel channel, Query query) {
        return real.cost(channel, query);
    }

    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return real.reference(channel, url);
    }

    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        return real.own(channel, url);
    }

    @Override
    public String ownLike(Channel channel) {
        return real.ownLike(channel);
    }

    @Override
    public ReplyTarget target(Channel channel, RemoteRef named) {
        return real.target(channel, named);
    }

    @Override
    public Optional<Message> forbidsReply(Channel channel, HeardPost post) {
        return real.forbidsReply(channel, post);
    }

    @Override
    public boolean takesLinkCard(Channel channel) {
        return real.takesLinkCard(channel);
    }
}
