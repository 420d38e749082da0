package org.tocsin.network;

/** The post that an answer stands below, looked for when the answer is sent. */
public sealed interface ReplyTarget {
    /** It is there. */
    record Found(RemoteRef ref) implements ReplyTarget {}

    /** @param outcome without effect: it is gone, or the network cannot be asked now */
    record NotFound(PublishResult.NoEffect outcome) implements ReplyTarget {}

    /** There is no such post that the channel's account can see. */
    static ReplyTarget gone(String url) {
        return new NotFound(new PublishResult.Refused(Reason.of("network.reply.gone", "value", url)));
    }
}
