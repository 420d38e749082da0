package org.tocsin.recipient;

import org.tocsin.base.Tx;

/** Sees to what somebody was told who is told nothing any more. */
@FunctionalInterface
public interface Succession {
    /** A recipient is about to be removed, in that transaction; he and his next are still there. */
    void leaves(Tx tx, Recipient recipient);
}
