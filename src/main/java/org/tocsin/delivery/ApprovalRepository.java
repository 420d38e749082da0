package org.tocsin.delivery;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of approvals; a delivery without one needs none. */
public interface ApprovalRepository {
    /** Writes it in the place of an earlier one of the delivery. */
    void save(Tx tx, Approval approval);

    Optional<Approval> find(Tx tx, String deliveryId);

    /** @return the SHA-256, in hex, of all that the delivery would send: texts, images and their descriptions, cards, warnings */
    String contentHash(Tx tx, String deliveryId);

    /** @return the posts of which a delivery waits for approval and may still be approved, oldest first */
    List<String> awaiting(Tx tx, BranchId branch, int max);

    /** @return whether the delivery may go out as it stands: it needs no approval, or has that of what it would send */
    default boolean allows(Tx tx, String deliveryId) {
        return find(tx, deliveryId)
                .map(approval -> approval.covers(contentHash(tx, deliveryId)))
                .orElse(true);
    }
}
