package org.tocsin.network;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.post.TextSize;

/**
 * The adapter for one kind of service. It does one step at a time and keeps no state of a delivery: threads, uploads, retries,
 * limits and order belong to the dispatcher. Nothing that a network answers is an exception; an exception after
 * {@link #publish} was entered counts as {@link PublishResult.Unknown}. Constructors do no I/O. All methods may block and are
 * called from many threads at once; an interrupt makes them return soon.
 */
public interface Network {
    /** @return the network's name: lower case, stable, as in a channel's {@code network} */
    String id();

    /**
     * Asked from the server where it tells, and cached; else dated defaults, which settings can override.
     *
     * @param channel one of this network
     * @return never an exception: the defaults, where the server cannot be asked now
     */
    Limits limits(Channel channel);

    /**
     * Counts by the network's own rule.
     *
     * @param channel one of this network
     * @param draft   a text as it will be sent, mentions expanded
     * @return the size against the limit that binds (where two apply, the one that is broken)
     */
    TextSize measure(Channel channel, Draft draft);

    /**
     * @param draft a text as it would be sent
     * @return what a reader sees of it, where the network writes it otherwise (shortened links); for a dry run
     */
    default String shown(Channel channel, Draft draft) {
        return draft.text();
    }

    /** @return what can be promised for this channel */
    Guarantee guarantee(Channel channel);

    /** @return a fresh key for one segment, made when the delivery is accepted and never changed */
    DeliveryKey newKey();

    /** @return the names of the settings that it reads; empty where it does not say, and any is taken */
    default Set<String> settings() {
        return Set.of();
    }

    /** @return which required settings and secrets are missing or malformed; empty when the channel can be used */
    List<Fault> validate(Channel channel);

    /**
     * Brings one image to the network without public effect; may be repeated.
     *
     * @param channel one of this network
     * @param image   already within {@link Limits#images()}
     * @return by default {@link UploadResult#NOT_NEEDED}, for networks whose images travel with the message
     */
    default UploadResult upload(Channel channel, SegmentImage image) {
        return UploadResult.NOT_NEEDED;
    }

    /**
     * Asks for an upload that was still being processed.
     *
     * @param handle of {@link UploadResult.Processing}
     */
    default UploadResult uploadState(Channel channel, String handle) {
        return new UploadResult.Uploaded(handle);
    }

    /**
     * Makes the exact request that will be sent, looking up what it needs (the ids of mentioned people, the post that is replied to).
     * No public effect.
     *
     * @param channel one of this network
     * @param segment what to say
     * @param key     goes into the request, or is sent beside it
     * @param parent  the receipt of the segment before; null for the first
     * @param uploads the handles of the segment's images, in order; empty strings where uploads are not needed
     * @return the request, or why it cannot be made now
     */
    RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads);

    /**
     * Sends one request, once. Called only after the intent, with this very body, is durable.
     *
     * @param channel one of this network
     * @param intent  what was committed
     * @return what the network said; {@link PublishResult.Unknown} whenever bytes may have left and no answer was understood
     */
    PublishResult publish(Channel channel, Intent intent);

    /**
     * Asks for a publication that the network was still processing.
     *
     * @param handle of {@link PublishResult.Pending}
     */
    default PublishResult resume(Channel channel, Intent intent, String handle) {
        return new PublishResult.Unknown(Reason.of("network.resume.unsupported"));
    }

    /**
     * Looks whether an earlier intent had its effect. Remote ids for which {@link Intent#taken()} says true belong to other
     * deliveries and are passed over, as is whatever is older than the intent.
     *
     * @return {@link FindResult.AbsentAsOf} only where the network's answer is complete and would show the post
     */
    FindResult find(Channel channel, Intent intent);

    /**
     * Looks as {@link #find} does, and tells what that has cost.
     *
     * @return by default the price of a probe, whatever was read
     */
    default Probed probe(Channel channel, Intent intent) {
        return new Probed(find(channel, intent), cost(channel, Query.PROBE));
    }

    /** Takes a publication back; already gone is fine. */
    DeleteResult delete(Channel channel, Receipt receipt);

    /** @return how a published segment of the channel is given other words; empty where the network has no way to */
    default Optional<Editing> editing(Channel channel) {
        return Optional.empty();
    }

    /** @return the network by whose rules and names the channel goes: its own, but for a rehearsal */
    default String standsFor(Channel channel) {
        return id();
    }

    /** Asks whether the channel can be used. Never throws. */
    ChannelHealth check(Channel channel);

    /** @return what publishing the segment will cost on a network that charges */
    default Cost cost(Channel channel, Segment segment) {
        return Cost.FREE;
    }

    /** @return what a request that publishes nothing will cost at most; {@link #reference} and uploads are free on every network so far */
    default Cost cost(Channel channel, Query query) {
        return Cost.FREE;
    }

    /**
     * Reads a public address that a person gives: to resolve an unknown delivery, or to reply to.
     *
     * @return the remote id and what else a receipt needs; empty where the address is not one of this network's posts
     */
    default Optional<RemoteRef> reference(Channel channel, URI url) {
        return Optional.empty();
    }

    /**
     * Reads a public address that a person gives for a post of this very channel, of which nobody knew whether it is there.
     *
     * @return as {@link #reference}; empty as well where the address is that of another account or server, as far as can be seen
     */
    default Optional<RemoteRef> own(Channel channel, URI url) {
        return reference(channel, url);
    }

    /** @return how the address of a post of the channel looks, to show to a person who has to find one */
    default String ownLike(Channel channel) {
        return "https://…";
    }

    /**
     * Looks for a post that is answered, when the answer is sent. No public effect.
     *
     * @param named its address; the id that an answer needs is not known yet
     * @return by default what {@link #reference} reads
     */
    default ReplyTarget target(Channel channel, RemoteRef named) {
        return reference(channel, URI.create(named.url()))
                .<ReplyTarget>map(ReplyTarget.Found::new)
                .orElseGet(() -> ReplyTarget.gone(named.url()));
    }

    /**
     * @param post heard on this network
     * @return why this channel cannot answer it, as far as that is known without asking; empty where nothing is known against it
     */
    default Optional<Message> forbidsReply(Channel channel, HeardPost post) {
        return Optional.empty();
    }

    /** @return whether the request carries a card of the first link, made by us (where the network makes its own, it does not) */
    default boolean takesLinkCard(Channel channel) {
        return false;
    }
}
