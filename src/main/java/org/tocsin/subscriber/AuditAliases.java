package org.tocsin.subscriber;

import org.tocsin.base.Tx;

/**
 * By what the audit trail calls a subscriber: a random name, made when it first tells of him. The trail is chained and never changed; what ties
 * the name to the person is a row of its own, and is erased with him. From then on nobody can tell of whom the trail speaks.
 */
public interface AuditAliases {
    /** @return the name, made where there is none yet */
    String of(Tx tx, String subscriberId);

    /** Cuts the name off from the person. */
    void forget(Tx tx, String subscriberId);
}
