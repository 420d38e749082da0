package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvent;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;

/** Tells of rows that have changed, once the change is on the disk. */
record Changes(LiveEvents events) {
    void of(Tx tx, Delivery delivery) {
        LiveEvent event = new LiveEvent.OfDelivery(
                delivery.branch(),
                delivery.postId(),
                delivery.id(),
                delivery.state().name(),
                delivery.version());
        tx.afterCommit(() -> events.publish(event));
    }

    /** An edit of what is out is a row of its own; the delivery stays as it is. */
    void ofRevision(Tx tx, String deliveryId) {
        handle(tx)
                .createQuery("select branch, post_id, state, version from delivery where id = :id")
                .bind("id", deliveryId)
                .map((row, context) -> new LiveEvent.OfDelivery(
                        new BranchId(row.getString("branch")),
                        row.getString("post_id"),
                        deliveryId,
                        row.getString("state"),
                        row.getLong("version")))
                .findOne()
                .ifPresent(event -> tx.afterCommit(() -> events.publish(event)));
    }

    void ofNotices(Tx tx, BranchId branch) {
        tx.afterCommit(() -> events.publish(new LiveEvent.OfNotices(branch)));
    }
}
