package org.tocsin.audience;

import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;

/** What people follow without its being a channel: it is counted, shown and kept beside the channels, in the same way. */
public interface AudienceSeries {
    /**
     * One of them.
     *
     * @param counted as the {@link AudienceSource} of its network is asked; its id has a dot in it, which no channel's has
     * @param name    for people
     */
    record Series(Channel counted, Message name) {}

    /** @return those of every branch, at most a few of each */
    List<Series> all(Tx tx);

    /** @return those of the branch, by id; empty where it has none */
    List<Series> of(Tx tx, BranchId branch);
}
