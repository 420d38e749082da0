package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Reason;

/** The rows of channels; secrets are encrypted at rest. */
public interface ChannelRepository {
    void insert(Tx tx, Channel channel, boolean inDefaultSet);

    /** Replaces name, settings and secrets. */
    void update(Tx tx, Channel channel);

    /** Takes it out of use; its deliveries stay. */
    void remove(Tx tx, String id, Instant at);

    /** @return with its secrets in clear; empty when it was never there or was removed */
    Optional<Channel> find(Tx tx, String id);

    /** @return whether the id was ever used, also by a channel that is removed */
    boolean known(Tx tx, String id);

    /** @return those in use, by id */
    List<Channel> all(Tx tx, BranchId branch);

    /** @return the ids of those that a post goes to when it names none */
    List<String> defaultSet(Tx tx, BranchId branch);

    void setDefault(Tx tx, String id, boolean inDefaultSet);

    void saveHealth(Tx tx, String id, ChannelHealth health);

    /** What publishing has found shows at once; who it is and when it was asked stay as the last check has told. */
    default void unauthorized(Tx tx, String id, Reason reason) {
        ChannelHealth before = health(tx, id);
        saveHealth(
                tx,
                id,
                new ChannelHealth(ChannelHealth.Status.UNAUTHORIZED, reason, before.account(), before.checkedAt()));
    }

    /** @return {@code UNCHECKED} where it was never asked */
    ChannelHealth health(Tx tx, String id);
}
